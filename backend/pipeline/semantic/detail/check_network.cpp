// Addresses of machines, devices, files; keys and tokens.
#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail::check {

using namespace checksum;

namespace {

bool IsV4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const size_t end = part < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos || end == 0 || end > 3 || !AllDigits(text.substr(0, end))) return false;
    if (Number(text.substr(0, end)) > 255) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

bool IsV6(std::string_view text) {
  if (std::ranges::count(text, ':') < 2 || text.contains(":::")) return false;
  const bool shortened = text.contains("::");
  int groups = 0;
  size_t length = 0;
  for (const char c : text) {
    if (c == ':') {
      groups += length > 0 ? 1 : 0;
      length = 0;
    } else if (!IsHex(c) || ++length > 4) {
      return false;
    }
  }
  groups += length > 0 ? 1 : 0;
  return shortened ? groups <= 7 : groups == 8;
}

bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return IsAlnum(c) || c == '-' || c == '_' || (c & 0x80) != 0; });
}

bool IsHostName(std::string_view text) {
  int labels = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('.'), text.size());
    if (!IsLabel(text.substr(0, end))) return false;
    ++labels;
    if (end == text.size()) {
      return labels > 1 && end >= 2 &&
             std::ranges::all_of(text, [](char c) { return IsAsciiLetter(c) || (c & 0x80) != 0; });
    }
    text.remove_prefix(end + 1);
  }
  return false;
}

/// Endings of files, which are no domains.
bool IsFileEnding(std::string_view ending) {
  constexpr std::array<std::string_view, 40> kEndings = {
      "pdf", "txt", "csv",  "doc",  "docx", "xls", "xlsx", "ppt", "pptx", "jpg", "jpeg", "png", "gif", "svg",
      "bmp", "tif", "tiff", "zip",  "gz",   "tar", "rar",  "7z",  "mp3",  "mp4", "avi",  "mov", "wav", "html",
      "htm", "xml", "json", "yaml", "yml",  "log", "sql",  "py",  "js",   "cpp", "java", "exe"};
  return std::ranges::find(kEndings, Fold(ending)) != kEndings.end();
}

bool IsBase64Url(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return IsAlnum(c) || c == '-' || c == '_' || c == '='; });
}

/// "jsmith", "j.smith", "smith42": made of a name.
bool IsMadeOfAName(const Value& value) {
  std::string word = value.folded.substr(0, value.folded.find_last_not_of("0123456789") + 1);
  if (word.size() < 5 || value.Has(kUpper) || value.Has(kNonAscii)) return false;
  if (value.digits > 0 && value.words->Has(WordList::kFirstName, word)) return true;
  word.erase(0, std::string_view("._-").contains(word[1]) ? 2 : 1);
  return word.size() >= 4 && value.words->Has(WordList::kLastName, word);
}

bool LooksLikePath(std::string_view t) {
  const bool windows = t.size() > 3 && IsAsciiLetter(t[0]) && t[1] == ':' && (t[2] == '\\' || t[2] == '/');
  if (windows || t.starts_with("\\\\")) return true;
  return t.size() > 3 && (t[0] == '/' || t.starts_with("./") || t.starts_with("~/")) &&
         t.find('/', 1) != std::string_view::npos && !t.contains("//");
}

}  // namespace

Fit Email(const Value& value) {
  if (!value.Has(kAt) || value.Has(kSpace | kParenthesis | kComma)) return Fit::kNo;
  const size_t at = value.text.find('@');
  if (at == 0 || at > 64 || value.text.find('@', at + 1) != std::string_view::npos) return Fit::kNo;
  const std::string_view local = value.text.substr(0, at);
  return StrongOrNo(local.front() != '.' && !local.contains("..") && !local.contains(':') &&
                    IsHostName(value.text.substr(at + 1)));
}

Fit Ipv4(const Value& value) {
  if (!value.Only(kDigits | kDot | kColon)) return Fit::kNo;
  const size_t colon = value.text.find(':');
  return StrongOrNo(IsV4(value.text.substr(0, colon)));
}

Fit Ipv6(const Value& value) {
  return value.Has(kColon) && !value.Has(kDash | kSpace) ? StrongOrNo(IsV6(value.text)) : Fit::kNo;
}

Fit Cidr(const Value& value) {
  const size_t slash = value.text.find('/');
  if (slash == std::string_view::npos || value.text.size() - slash > 4 || !AllDigits(value.text.substr(slash + 1)))
    return Fit::kNo;
  const std::string_view address = value.text.substr(0, slash);
  const int64_t bits = Number(value.text.substr(slash + 1));
  return StrongOrNo((IsV4(address) && bits <= 32) || (IsV6(address) && bits <= 128));
}

Fit MacAddress(const Value& value) {
  std::string hex;
  for (const char c : value.text) {
    if (IsHex(c))
      hex += c;
    else if (c != ':' && c != '-' && c != '.')
      return Fit::kNo;
  }
  if (hex.size() != 12) return Fit::kNo;
  return StrongIf(value.text.size() == 17 || (value.text.size() == 14 && value.Has(kDot)));
}

Fit Url(const Value& value) {
  const std::string_view t = value.text;
  if (value.Has(kSpace) || !value.Has(kDot | kSlash)) return Fit::kNo;
  if (t.starts_with("www.")) return StrongOrNo(t.size() > 8);
  const size_t scheme = t.find("://");
  return StrongOrNo(scheme != std::string_view::npos && scheme >= 2 && scheme <= 12 && t.size() > scheme + 4 &&
                    std::ranges::all_of(t.substr(0, scheme), [](char c) { return IsAlnum(c) || c == '+'; }));
}

Fit Domain(const Value& value) {
  if (!value.Has(kDot) || !value.Only(kDigits | kUpper | kLower | kDash | kDot | kUnderscore | kNonAscii))
    return Fit::kNo;
  const std::string_view ending = value.text.substr(value.text.rfind('.') + 1);
  if (IsFileEnding(ending) || ending.size() > 12) return Fit::kNo;
  // "Sp.z", "St.Gallen" are no hosts: the last part is written small, or all of it large.
  const bool written = value.Has(kLower) ? std::ranges::none_of(ending, IsUpper) : true;
  return written && value.text.size() >= 6 ? StrongOrNo(IsHostName(value.text)) : WeakIf(IsHostName(value.text));
}

Fit UserAgent(const Value& value) {
  const std::string_view t = value.text;
  constexpr std::array<std::string_view, 9> kBegins = {
      "Mozilla/", "Opera/", "curl/", "Wget/", "python-requests/", "okhttp/", "Dalvik/", "Java/", "Go-http-client/"};
  return StrongOrNo(std::ranges::any_of(kBegins, [&](std::string_view begin) { return t.starts_with(begin); }));
}

Fit MimeType(const Value& value) {
  constexpr std::array<std::string_view, 10> kTypes = {"application", "audio",     "font", "image", "message",
                                                       "model",       "multipart", "text", "video", "chemical"};
  const size_t slash = value.text.find('/');
  if (slash == std::string_view::npos || value.text.size() < slash + 2 || !IsAlnum(value.text[slash + 1]))
    return Fit::kNo;
  const std::string_view subtype = value.text.substr(slash + 1);
  return StrongOrNo(std::ranges::find(kTypes, value.text.substr(0, slash)) != kTypes.end() &&
                    subtype.find('/') == std::string_view::npos);
}

Fit FilePath(const Value& value) {
  if (value.text.contains("://")) return Fit::kNo;
  if (LooksLikePath(value.text)) return Fit::kStrong;
  const size_t dot = value.text.rfind('.');
  return StrongOrNo(dot != std::string_view::npos && dot > 0 && IsFileEnding(value.text.substr(dot + 1)));
}

Fit Imei(const Value& value) { return StrongIf(!AllSame(value.compact) && Luhn(value.compact)); }

Fit Imsi(const Value& value) {
  const int64_t country = Number(value.compact.substr(0, 3));
  return value.Only(kDigits) ? StrongOrNo((country >= 202 && country <= 467) || (country >= 502 && country <= 552) ||
                                          (country >= 602 && country <= 655) || (country >= 702 && country <= 750))
                             : Fit::kNo;
}

Fit Iccid(const Value& value) {
  return value.compact.starts_with("89") ? StrongIf(Luhn(value.compact) || Luhn(value.compact.substr(0, 19)))
                                         : Fit::kNo;
}

Fit Uuid(const Value& value) {
  std::string_view t = value.text;
  if (t.starts_with('{') && t.ends_with('}')) t = t.substr(1, t.size() - 2);
  if (t.size() != 36) return Fit::kNo;
  for (size_t i = 0; i < t.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? t[i] != '-' : !IsHex(t[i])) return Fit::kNo;
  }
  return Fit::kStrong;
}

Fit Password(const Value& value) { return WeakIf(!value.Has(kSpace) && value.text.size() >= 4); }

Fit PasswordHash(const Value& value) {
  constexpr std::array<std::string_view, 14> kBegins = {"$2a$",    "$2b$",   "$2y$",  "$argon2", "$1$",
                                                        "$5$",     "$6$",    "$y$",   "$P$",     "$H$",
                                                        "pbkdf2_", "{SSHA}", "{SHA}", "$pbkdf2"};
  if (std::ranges::any_of(kBegins, [&](std::string_view begin) { return value.text.starts_with(begin); }))
    return StrongOrNo(value.text.size() >= 20);
  const std::string_view hex = value.text.starts_with('*') ? value.text.substr(1) : value.text;
  const bool digest = (hex.size() == 32 || hex.size() == 40 || hex.size() == 64 || hex.size() == 128) &&
                      std::ranges::all_of(hex, IsHex);
  return digest && value.text.starts_with('*') ? Fit::kStrong : WeakIf(digest);
}

Fit HashDigest(const Value& value) {
  const size_t size = value.text.size();
  const bool usual = size == 32 || size == 40 || size == 56 || size == 64 || size == 96 || size == 128;
  return StrongOrNo(usual && std::ranges::all_of(value.text, IsHex) && value.Has(kUpper | kLower) && value.digits > 0);
}

Fit AwsAccessKey(const Value& value) {
  constexpr std::array<std::string_view, 6> kBegins = {"AKIA", "ASIA", "AGPA", "AIDA", "AROA", "ANPA"};
  return StrongOrNo(value.Only(kUpper | kDigits) && std::ranges::any_of(kBegins, [&](std::string_view begin) {
                      return value.text.starts_with(begin);
                    }));
}

Fit GithubToken(const Value& value) {
  constexpr std::array<std::string_view, 6> kBegins = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"};
  return StrongOrNo(!value.Has(kSpace) && std::ranges::any_of(kBegins, [&](std::string_view begin) {
    return value.text.starts_with(begin);
  }));
}

Fit Jwt(const Value& value) {
  const std::string_view t = value.text;
  const size_t first = t.find('.');
  if (!t.starts_with("eyJ") || first == std::string_view::npos) return Fit::kNo;
  const size_t second = t.find('.', first + 1);
  return StrongOrNo(second != std::string_view::npos && IsBase64Url(t.substr(0, first)) &&
                    IsBase64Url(t.substr(first + 1, second - first - 1)));
}

Fit PrivateKey(const Value& value) {
  return StrongOrNo(value.text.starts_with("-----BEGIN ") && value.text.contains("PRIVATE KEY-----"));
}

Fit ApiKey(const Value& value) {
  constexpr std::array<std::string_view, 14> kBegins = {"sk_live_", "sk_test_", "pk_live_", "pk_test_", "rk_live_",
                                                        "xoxb-",    "xoxp-",    "AIza",     "SG.",      "key-",
                                                        "glpat-",   "npm_",     "dop_v1_",  "sk-"};
  if (value.Has(kSpace)) return Fit::kNo;
  if (std::ranges::any_of(kBegins, [&](std::string_view begin) { return value.text.starts_with(begin); }))
    return Fit::kStrong;
  return WeakIf(value.text.size() >= 20 && value.digits >= 2 && value.Has(kLower | kUpper) &&
                value.Only(kDigits | kUpper | kLower | kDash | kUnderscore | kOther | kPlus | kSlash));
}

Fit SocialHandle(const Value& value) {
  const std::string_view t = value.text;
  const bool name = value.Only(kDigits | kUpper | kLower | kUnderscore | kDot | kAt);
  return t[0] == '@' ? StrongOrNo(name && t.size() > 2 && t.find('@', 1) == std::string_view::npos)
                     : WeakIf(name && !value.Has(kAt | kDot) && value.Has(kLower));
}

Fit UserName(const Value& value) {
  const bool letters = value.Only(kDigits | kUpper | kLower | kUnderscore | kDot | kDash | kNonAscii);
  if (value.Has(kSpace) || !value.Has(kLower | kUpper | kNonAscii) || !letters) return Fit::kNo;
  return StrongIf(IsMadeOfAName(value));
}

}  // namespace migrateiq::detail::check
