#include "pipeline/connector/url.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>

#include "base/errors/connect.hpp"
#include "pipeline/connector/detail/url_reference.hpp"

namespace migrateiq {

namespace {

using detail::HasReference;
using detail::MarkedText;

// After these the rest is a path even when it begins with "//".
constexpr std::array<std::string_view, 10> kPathSchemes = {"sqlite", "csv",   "jsonl", "parquet", "fake",
                                                           "assert", "fixed", "xlsx",  "file",    "tsv"};
constexpr std::array<std::string_view, 8> kSecretWords = {"password", "passwd", "pwd",        "secret",
                                                          "token",    "key",    "credential", "signature"};

bool IsPathScheme(std::string_view scheme) { return std::ranges::find(kPathSchemes, scheme) != kPathSchemes.end(); }

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

bool IsSecretParameter(std::string_view name) {
  const std::string lower = Lower(name);
  return std::ranges::any_of(kSecretWords, [&](std::string_view word) { return lower.contains(word); });
}

bool IsNameCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.'; }

/// Length of the scheme, 0 when there is none.
size_t SchemeLength(std::string_view text) {
  size_t length = 0;
  while (length < text.size() && (IsNameCharacter(text[length]) || text[length] == '+')) ++length;
  const bool found = length > 0 && length < text.size() && text[length] == ':';
  return found && std::isalpha(static_cast<unsigned char>(text[0])) ? length : 0;
}

/// Where the parameters of a path begin: at a '?' that is followed by `name=`, since '?' is also a glob character.
size_t FindPathQuery(std::string_view rest) {
  for (size_t at = rest.find('?'); at != std::string_view::npos; at = rest.find('?', at + 1)) {
    size_t end = at + 1;
    while (end < rest.size() && IsNameCharacter(rest[end])) ++end;
    if (end > at + 1 && end < rest.size() && rest[end] == '=') return at;
  }
  return std::string_view::npos;
}

std::string Encode(std::string_view text, std::string_view unsafe) {
  std::string out;
  for (const char c : text) {
    const bool plain = static_cast<unsigned char>(c) > 0x20 && c != '\x7f' && c != '%' && !unsafe.contains(c);
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// What a file without a scheme was probably meant as; empty when its name does not tell.
std::string_view SchemeOfFile(std::string_view text) {
  struct Suffix {
    std::string_view end, scheme;
  };
  static constexpr auto kSuffixes = std::to_array<Suffix>({{".csv", "csv"},
                                                           {".tsv", "csv"},
                                                           {".jsonl", "jsonl"},
                                                           {".ndjson", "jsonl"},
                                                           {".parquet", "parquet"},
                                                           {".db", "sqlite"},
                                                           {".sqlite", "sqlite"},
                                                           {".sqlite3", "sqlite"}});
  const std::string lower = Lower(text);
  const auto found = std::ranges::find_if(kSuffixes, [&](const Suffix& suffix) { return lower.ends_with(suffix.end); });
  return found == kSuffixes.end() ? "" : found->scheme;
}

Error NoScheme(std::string_view text) {
  const std::string_view scheme = SchemeOfFile(text);
  if (scheme.empty())
    return Error(codes::kUrlInvalid, "the URL has no scheme; a file is written csv:PATH or sqlite:PATH");
  return Error(codes::kUrlInvalid, "a file is named with its kind in front")
      .Fix(fmt::format("Write {}:{}", scheme, text));
}

/// Splits one URL whose references are marked. Parameters that came from a reference are remembered as secret.
class Splitter {
 public:
  explicit Splitter(const MarkedText& marked) : marked_(marked) {}

  Result<Url> Split() {
    const std::string_view text = marked_.text;
    const size_t length = SchemeLength(text);
    if (length == 0) return Fail(NoScheme(text));
    url_.scheme = Lower(text.substr(0, length));
    std::string_view rest = text.substr(length + 1);
    const bool slashes = rest.starts_with("//");
    if (slashes) rest.remove_prefix(2);
    server_ = slashes && !IsPathScheme(url_.scheme);
    MIQ_TRY(server_ ? SplitServer(rest) : SplitPath(rest));
    Redact();
    return std::move(url_);
  }

 private:
  Status SplitServer(std::string_view rest) {
    const size_t end = std::min(rest.find_first_of("/?"), rest.size());
    const std::string_view authority = rest.substr(0, end);
    rest.remove_prefix(end);
    if (rest.contains('@')) {
      return Fail(codes::kUrlInvalid, "an '@' behind the host; in a password write / as %2F, ? as %3F and @ as %40");
    }
    MIQ_TRY(SplitAuthority(authority));
    const size_t query = std::min(rest.find('?'), rest.size());
    if (query > 0) MIQ_TRY(Assign(url_.path, rest.substr(1, query - 1), true));
    return query < rest.size() ? SplitParameters(rest.substr(query + 1)) : Status();
  }

  Status SplitPath(std::string_view rest) {
    const size_t query = std::min(FindPathQuery(rest), rest.size());
    MIQ_TRY(Assign(url_.path, rest.substr(0, query), false));
    return query < rest.size() ? SplitParameters(rest.substr(query + 1)) : Status();
  }

  Status SplitAuthority(std::string_view authority) {
    const size_t at = authority.rfind('@');
    if (at != std::string_view::npos) MIQ_TRY(SplitUser(authority.substr(0, at)));
    Result<std::string> hosts = marked_.Expand(authority.substr(at + 1), true);
    if (!hosts) return Fail(std::move(hosts).error());
    return SplitHosts(*hosts);
  }

  Status SplitUser(std::string_view text) {
    const size_t colon = text.find(':');
    MIQ_TRY(Assign(url_.user, text.substr(0, colon), true));
    if (colon != std::string_view::npos) return Assign(url_.password, text.substr(colon + 1), true);
    const size_t inside = HasReference(text) ? url_.user.find(':') : std::string::npos;  // ${USER_AND_PASSWORD}
    if (inside == std::string::npos) return {};
    url_.password = url_.user.substr(inside + 1);
    url_.user.resize(inside);
    return {};
  }

  /// One host, or several separated by commas as libpq allows; hosts and ports are then joined by commas.
  Status SplitHosts(std::string_view text) {
    bool first = true, any_port = false;
    std::string ports;
    while (first || !text.empty()) {
      const size_t comma = std::min(text.find(','), text.size());
      std::string port;
      if (!first) url_.host += ',', ports += ',';
      MIQ_TRY(SplitHost(text.substr(0, comma), port));
      ports += port;
      any_port |= !port.empty();
      text.remove_prefix(std::min(comma + 1, text.size()));
      first = false;
    }
    if (any_port) url_.port = std::move(ports);
    return {};
  }

  Status SplitHost(std::string_view text, std::string& port) {
    if (text.starts_with('[')) {
      const size_t end = text.find(']');
      if (end == std::string_view::npos) return Fail(codes::kUrlInvalid, "an IPv6 address without its ']'");
      url_.host += text.substr(1, end - 1);
      text.remove_prefix(end + 1);
    } else {
      const size_t colon = std::min(text.find(':'), text.size());
      url_.host += text.substr(0, colon);
      text.remove_prefix(colon);
    }
    if (text.empty() || text == ":") return {};
    port = text.substr(1);
    return text[0] == ':' ? CheckPort(port) : Fail(codes::kUrlInvalid, "text between an IPv6 address and its port");
  }

  // The text is not shown: of an ill-written URL it can be a part of the password.
  static Status CheckPort(std::string_view port) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error == std::errc() && end == port.data() + port.size() && number >= 1 && number <= 65535) return {};
    return Fail(codes::kUrlInvalid,
                "the port is not a number from 1 to 65535; IPv6 addresses are written in [ ], and a "
                "'/' or '?' in a password is percent-encoded");
  }

  Status SplitParameters(std::string_view text) {
    while (!text.empty()) {
      const size_t end = std::min(text.find('&'), text.size());
      if (end > 0) MIQ_TRY(AddParameter(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
  }

  Status AddParameter(std::string_view text) {
    const size_t equals = text.find('=');
    const std::string name(text.substr(0, equals));
    const bool well_formed = !name.empty() && std::ranges::all_of(name, IsNameCharacter);
    if (equals == std::string_view::npos || !well_formed) {
      return Fail(codes::kUrlParameter, "a parameter that is not written name=value; in a password write ? as %3F");
    }
    std::string value;
    MIQ_TRY(Assign(value, text.substr(equals + 1), true));
    const bool added = url_.parameters.emplace(name, std::move(value)).second;
    if (!added) return Fail(codes::kUrlParameter, "the parameter '" + name + "' is given twice");
    if (IsSecretParameter(name) || HasReference(text.substr(equals))) secret_parameters_.push_back(name);
    return {};
  }

  Status Assign(std::string& part, std::string_view text, bool strict) {
    MIQ_ASSIGN(part, marked_.Expand(text, strict));
    return {};
  }

  void Redact() {
    url_.redacted = url_.scheme + ":";
    if (server_) {
      url_.redacted += "//" + RedactedAuthority();
      if (!url_.path.empty()) url_.redacted += "/" + Encode(url_.path, "?@");
    } else {
      url_.redacted += EncodedPath();
    }
    char separator = '?';
    for (const auto& [name, value] : url_.parameters) {
      const bool secret = std::ranges::find(secret_parameters_, name) != secret_parameters_.end();
      url_.redacted += separator + name + "=" + (secret ? "***" : Encode(value, server_ ? "&@" : "&"));
      separator = '&';
    }
  }

  /// Reads back as a path: what could be taken for "//" before a host, or for a parameter, is written as %XX.
  std::string EncodedPath() const {
    std::string path = Encode(url_.path, "");
    if (FindPathQuery(path) != std::string_view::npos) path = Encode(url_.path, "?");
    if (path.starts_with("//")) path.replace(0, 1, "%2F");
    return path;
  }

  std::string RedactedAuthority() const {
    std::string out = Encode(url_.user, ":@/?");
    if (!url_.password.empty()) out += ":***";
    if (!out.empty()) out += '@';
    const bool several = url_.host.contains(',');
    const bool v6 = !several && url_.host.contains(':');
    out += v6 ? "[" + url_.host + "]" : Encode(url_.host, "/?@:");
    if (!url_.port.empty()) out += ":" + url_.port;
    return out;
  }

  const MarkedText& marked_;
  Url url_;
  bool server_ = false;
  std::vector<std::string> secret_parameters_;
};

using Span = std::pair<size_t, size_t>;

bool IsWholeReference(std::string_view text) { return text.starts_with("${") && text.find('}') == text.size() - 1; }

void AddSpan(std::vector<Span>& spans, std::string_view text, size_t begin, size_t end) {
  if (begin < end && !IsWholeReference(text.substr(begin, end - begin))) spans.emplace_back(begin, end);
}

/// Position of the first `wanted` at or after `from` that is not inside a reference.
size_t FindOutsideReferences(std::string_view text, char wanted, size_t from) {
  for (size_t i = from; i < text.size(); ++i) {
    if (text.substr(i).starts_with("${"))
      i = std::min(text.find('}', i), text.size());
    else if (text[i] == wanted)
      return i;
  }
  return std::string_view::npos;
}

/// Position just behind the user part's '@', or 0.
size_t AddPasswordSpan(std::vector<Span>& spans, std::string_view text) {
  const size_t slashes = text.find("://");
  const size_t at = text.rfind('@');
  if (slashes == std::string_view::npos || at == std::string_view::npos || at < slashes + 3) return 0;
  if (IsPathScheme(Lower(text.substr(0, slashes)))) return 0;
  const size_t colon = FindOutsideReferences(text, ':', slashes + 3);
  if (colon < at) AddSpan(spans, text, colon + 1, at);
  return at + 1;
}

}  // namespace

std::string Url::Parameter(std::string_view name, std::string_view otherwise) const {
  const auto found = parameters.find(std::string(name));
  return found == parameters.end() ? std::string(otherwise) : found->second;
}

Result<Url> ParseUrl(std::string_view text, Secrets secrets) {
  MIQ_ASSIGN(const MarkedText marked, detail::MarkReferences(text, secrets));
  return Splitter(marked).Split();
}

std::vector<Span> SecretSpans(std::string_view text) {
  std::vector<Span> spans;
  size_t at = text.find('?', AddPasswordSpan(spans, text));
  while (at != std::string_view::npos) {
    const size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) break;
    const size_t end = std::min(text.find('&', equals), text.size());
    if (IsSecretParameter(text.substr(at + 1, equals - at - 1))) AddSpan(spans, text, equals + 1, end);
    at = end < text.size() ? end : std::string_view::npos;
  }
  return spans;
}

std::string MaskSecrets(std::string_view text) {
  std::string out;
  size_t done = 0;
  for (const auto& [begin, end] : SecretSpans(text)) {
    out.append(text.substr(done, begin - done)).append("***");
    done = end;
  }
  return out.append(text.substr(done));
}

}  // namespace migrateiq
