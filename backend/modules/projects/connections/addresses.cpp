#include "modules/projects/connections/addresses.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "base/errors/server.hpp"
#include "modules/projects/connections/url_text.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::projects {

namespace fs = std::filesystem;

namespace {

enum class Form { kPostgres, kMysql, kFile, kFake, kAssert };

constexpr std::string_view kUpload = "upload:", kFolder = "folder:";
constexpr size_t kMostAddresses = 4;

/// What libpq may be told by a tenant: nothing that names a file, a socket, a service or another address.
constexpr std::array<std::string_view, 17> kPostgresParameters = {"schema",
                                                                  "sslmode",
                                                                  "connect_timeout",
                                                                  "application_name",
                                                                  "options",
                                                                  "channel_binding",
                                                                  "gssencmode",
                                                                  "ssl_min_protocol_version",
                                                                  "ssl_max_protocol_version",
                                                                  "sslsni",
                                                                  "keepalives",
                                                                  "keepalives_idle",
                                                                  "keepalives_interval",
                                                                  "keepalives_count",
                                                                  "tcp_user_timeout",
                                                                  "target_session_attrs",
                                                                  "fallback_application_name"};
constexpr std::array<std::string_view, 2> kMysqlParameters = {"ssl-mode", "charset"};
constexpr std::array<std::string_view, 5> kShapes = {"lineitem", "orders", "ugly", "wide", "legacy"};

std::unexpected<Error> Refuse(std::string message) {
  return Fail(Error(codes::kConnectionForm, std::move(message)).At("/url"));
}

Result<Form> FormOf(const Url& url) {
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(url.scheme));
  const std::string_view name = connector->info().name;
  if (name == "postgres") return Form::kPostgres;
  if (name == "mysql") return Form::kMysql;
  if (name == "fake") return Form::kFake;
  if (name == "assert") return Form::kAssert;
  if (connector->info().file_based || name == "sqlite") return Form::kFile;
  return Refuse("'" + url.scheme + ":' is not available in the server");
}

template <class Names>
Status CheckParameters(const Url& url, const Names& allowed) {
  for (const auto& [name, value] : url.parameters) {
    if (std::ranges::find(allowed, name) == allowed.end())
      return Refuse("the parameter '" + name + "' cannot be used in the server");
  }
  return {};
}

/// Nothing that libraries take for a socket or a list of options.
Status CheckHosts(const Url& url) {
  if (url.host.empty()) return Refuse("the URL has no host");
  for (const std::string& host : SplitList(url.host)) {
    const bool plain = !host.empty() && std::ranges::all_of(host, [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
    });
    if (!plain) return Refuse("a host is a name or an address");
  }
  return {};
}

bool IsPlainRelative(const std::string& path) {
  const fs::path relative(path);
  if (path.empty() || relative.is_absolute() || path.find('\0') != std::string::npos) return false;
  if (path.find_first_of("*?[]\\") != std::string::npos) return false;
  return std::ranges::none_of(relative, [](const fs::path& part) { return part == ".." || part == "."; });
}

Status CheckFilePath(const Url& url) {
  if (!url.host.empty()) return Refuse("a file's URL has no host");
  if (url.path.starts_with(kUpload)) {
    const std::string id = url.path.substr(kUpload.size());
    const bool plain =
        id.size() == 36 && std::ranges::all_of(id, [](unsigned char c) { return std::isxdigit(c) != 0 || c == '-'; });
    return plain ? Status() : Refuse("after upload: comes the id of a file");
  }
  if (!url.path.starts_with(kFolder))
    return Refuse("files are written " + url.scheme + ":upload:<file_id> or " + url.scheme +
                  ":folder:<path in your folder>");
  if (IsPlainRelative(url.path.substr(kFolder.size()))) return {};
  return Refuse("after folder: comes a relative path without .. and without patterns");
}

Status CheckForm(const Url& url, Form form) {
  switch (form) {
    case Form::kPostgres: MIQ_TRY(CheckParameters(url, kPostgresParameters)); return CheckHosts(url);
    case Form::kMysql:
      MIQ_TRY(CheckParameters(url, kMysqlParameters));
      if (url.host.contains(',')) return Refuse("a MariaDB or MySQL URL has one host");
      return CheckHosts(url);
    case Form::kFile: return CheckFilePath(url);
    case Form::kFake:
      if (std::ranges::find(kShapes, url.path) == kShapes.end())
        return Refuse("fake: generates lineitem, orders, ugly, wide or legacy");
      return {};
    case Form::kAssert: return url.path.empty() ? Status() : Refuse("assert: has no path in the server");
  }
  return Fail(codes::kInternal, "a form of connection that is not known");
}

Status RefuseSymlinks(const fs::path& root, const fs::path& relative) {
  fs::path path = root;
  std::error_code ignored;
  for (const fs::path& part : relative) {
    path /= part;
    const fs::file_status status = fs::symlink_status(path, ignored);
    if (fs::is_symlink(status)) return Refuse("symbolic links in your folder are not followed");
    if (!fs::exists(status)) return {};
  }
  for (fs::recursive_directory_iterator entry(path, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
    if (entry->is_symlink()) return Refuse("symbolic links in your folder are not followed");
  }
  return {};
}

}  // namespace

Result<Url> Addresses::Parse(const std::string& text) {
  Result<Url> url = ParseUrl(text, Secrets::kRefuse);
  if (!url && url.error().Is(codes::kUrlSecret)) return Refuse("references such as ${NAME} are for the command line");
  if (!url) return Fail(std::move(url).error().At("/url"));
  const Result<Form> form = FormOf(*url);
  if (!form) return Fail(Error(form.error()).At("/url"));
  MIQ_TRY(CheckForm(*url, *form));
  return url;
}

Result<Url> Addresses::Resolve(const std::string& tenant_id, const std::string& text, ConnectionUse use) const {
  MIQ_ASSIGN(Url url, Parse(text));
  MIQ_ASSIGN(const Form form, FormOf(url));
  switch (form) {
    case Form::kPostgres: MIQ_TRY(PinPostgres(url)); break;
    case Form::kMysql: MIQ_TRY(PinMysql(url)); break;
    case Form::kFile: MIQ_TRY(Locate(tenant_id, url, use)); break;
    case Form::kFake:
    case Form::kAssert: break;
  }
  return url;
}

/// libpq tries the pairs of host and hostaddr in turn: the name for TLS, the address to connect to.
Status Addresses::PinPostgres(Url& url) const {
  const std::vector<std::string> hosts = SplitList(url.host), ports = SplitList(url.port);
  std::string names, addresses, each_port;
  for (size_t i = 0; i < hosts.size(); ++i) {
    MIQ_ASSIGN(std::vector<std::string> found, parts_.reach.Resolve(hosts[i]));
    if (found.size() > kMostAddresses) found.resize(kMostAddresses);
    for (const std::string& address : found) {
      const char* comma = names.empty() ? "" : ",";
      names += comma + hosts[i];
      addresses += comma + address;
      each_port += comma + (ports.empty() ? std::string("5432") : ports[std::min(i, ports.size() - 1)]);
    }
  }
  url.host = names;
  url.port = each_port;
  url.parameters["hostaddr"] = addresses;
  url.parameters["passfile"] = "/dev/null/none";  // never there: the server's own account has no password to lend
  return {};
}

Status Addresses::PinMysql(Url& url) const {
  MIQ_ASSIGN(std::vector<std::string> found, parts_.reach.Resolve(url.host));
  std::string addresses;
  for (size_t i = 0; i < std::min(found.size(), kMostAddresses); ++i) addresses += (i > 0 ? "," : "") + found[i];
  url.parameters["hostaddr"] = addresses;
  return {};
}

Status Addresses::Locate(const std::string& tenant_id, Url& url, ConnectionUse use) const {
  if (url.path.starts_with(kUpload)) {
    if (use == ConnectionUse::kTarget) return Refuse("an uploaded file can be read, not written");
    Result<std::string> path = parts_.uploaded(tenant_id, url.path.substr(kUpload.size()));
    if (!path && path.error().Is(codes::kObjectNotFound)) return Refuse("there is no uploaded file of that id");
    MIQ_ASSIGN(url.path, std::move(path));
    return {};
  }
  MIQ_ASSIGN(url.path, InFolder(tenant_id, url.path.substr(kFolder.size())));
  return {};
}

Result<std::string> Addresses::InFolder(const std::string& tenant_id, const std::string& relative) const {
  const auto folder = parts_.local_folders.find(tenant_id);
  if (folder == parts_.local_folders.end())
    return Fail(Error(codes::kConnectionForm, "your tenant has no local folder")
                    .At("/url")
                    .Fix("Upload the file, or ask an operator for one in the setting connections.local_folders."));
  MIQ_TRY(RefuseSymlinks(folder->second, relative));
  return (fs::path(folder->second) / relative).string();
}

}  // namespace migrateiq::projects
