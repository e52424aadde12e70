#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/nearest.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq {

Registry& Registry::Instance() {
  static Registry registry;
  return registry;
}

void Registry::Add(std::unique_ptr<Connector> connector) { connectors_.push_back(std::move(connector)); }

Result<const Connector*> Registry::Find(std::string_view scheme) const {
  std::vector<std::string> known;
  for (const auto& connector : connectors_) {
    for (const std::string_view candidate : connector->info().schemes) {
      if (candidate == scheme) return connector.get();
      known.emplace_back(candidate);
    }
  }
  return Fail(codes::kUrlScheme, "no connector for '" + std::string(scheme) + ":'" + DidYouMean(scheme, known));
}

std::vector<const Connector*> Registry::All() const {
  std::vector<const Connector*> all;
  for (const auto& connector : connectors_) all.push_back(connector.get());
  std::ranges::sort(all, {}, [](const Connector* connector) { return connector->info().name; });
  return all;
}

namespace {

std::string Listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Status CheckParameters(const ConnectorInfo& info, const Url& url) {
  if (info.any_option) return {};
  std::vector<std::string> known;
  for (const UrlOption& option : info.options) known.emplace_back(option.name);
  for (const auto& [name, value] : url.parameters) {
    if (std::ranges::find(known, name) != known.end()) continue;
    if (known.empty()) return Fail(codes::kUrlParameter, url.redacted + ": there are no parameters here");
    return Fail(
        Error(codes::kUrlParameter, "unknown parameter '" + name + "' in " + url.redacted + DidYouMean(name, known))
            .Fix("Use the parameter named in the message, or remove it. Known are: " + Listed(known) + "."));
  }
  return {};
}

Result<const Connector*> FindFor(const Url& url) {
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(url.scheme));
  MIQ_TRY(CheckParameters(connector->info(), url));
  return connector;
}

}  // namespace

Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) {
  MIQ_ASSIGN(const Connector* connector, FindFor(url));
  if (!connector->info().can_read) return Fail(codes::kUrlScheme, "'" + url.scheme + ":' cannot be a source");
  return connector->OpenSource(url, options);
}

Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) {
  MIQ_ASSIGN(const Connector* connector, FindFor(url));
  if (!connector->info().can_write) return Fail(codes::kUrlScheme, "'" + url.scheme + ":' cannot be a target");
  return connector->OpenTarget(url, options);
}

}  // namespace migrateiq
