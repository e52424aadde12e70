#include "pipeline/connector/detail/url_reference.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/errors/connect.hpp"

namespace migrateiq::detail {

namespace {

// Control characters are refused in URLs, so these two can stand for "a reference begins" and "ends".
constexpr char kMarkBegin = '\x01';
constexpr char kMarkEnd = '\x02';
constexpr std::string_view kFilePrefix = "file:";
constexpr std::streamsize kMaxSecretBytes = 64 << 10;

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

bool IsVariableName(std::string_view name) {
  const auto word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  return !name.empty() && std::ranges::all_of(name, word) && !std::isdigit(static_cast<unsigned char>(name[0]));
}

Result<std::string> ReadSecretFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(static_cast<size_t>(kMaxSecretBytes) + 1, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad()) return Fail(codes::kUrlSecret, "the file '" + path + "' cannot be read");
  if (file.gcount() > kMaxSecretBytes) return Fail(codes::kUrlSecret, "the file '" + path + "' is too large");
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<std::string> ReadVariable(const std::string& name) {
  if (!IsVariableName(name)) return Fail(codes::kUrlSecret, "a ${...} reference needs a variable's name or file:/path");
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return Fail(codes::kUrlSecret, "the environment variable " + name + " is not set");
  return std::string(value);
}

Result<std::string> LookUp(std::string_view name, Secrets secrets) {
  if (secrets == Secrets::kRefuse) return Fail(codes::kUrlSecret, "${...} references are not allowed here");
  if (name.starts_with(kFilePrefix)) return ReadSecretFile(std::string(name.substr(kFilePrefix.size())));
  return ReadVariable(std::string(name));
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<char> Escape(std::string_view text, size_t at) {
  if (at + 2 >= text.size()) return std::nullopt;
  const int high = HexDigit(text[at + 1]), low = HexDigit(text[at + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

Status AppendDecoded(std::string& out, std::string_view text, bool strict) {
  for (size_t i = 0; i < text.size(); ++i) {
    const std::optional<char> escaped = text[i] == '%' ? Escape(text, i) : std::nullopt;
    if (text[i] == '%' && !escaped && strict) {
      return Fail(codes::kUrlInvalid, "a '%' that is not followed by two hexadecimal digits; write it as %25");
    }
    out += escaped.value_or(text[i]);
    if (escaped) i += 2;
  }
  if (out.find('\0') != std::string::npos) return Fail(codes::kUrlInvalid, "a NUL character in the URL");
  return {};
}

}  // namespace

bool HasReference(std::string_view part) { return part.find(kMarkBegin) != std::string_view::npos; }

Result<std::string> MarkedText::Expand(std::string_view part, bool strict) const {
  std::string out;
  while (!part.empty()) {
    const size_t begin = std::min(part.find(kMarkBegin), part.size());
    MIQ_TRY(AppendDecoded(out, part.substr(0, begin), strict));
    part.remove_prefix(begin);
    if (part.empty()) break;
    const size_t end = part.find(kMarkEnd);
    MIQ_TRY(AppendDecoded(out, values[std::stoul(std::string(part.substr(1, end - 1)))], false));
    part.remove_prefix(end + 1);
  }
  return out;
}

Result<MarkedText> MarkReferences(std::string_view text, Secrets secrets) {
  MarkedText marked;
  while (true) {
    const size_t begin = std::min(text.find("${"), text.size());
    if (std::ranges::any_of(text.substr(0, begin), IsControl)) {
      return Fail(codes::kUrlInvalid, "a control character in the URL; write it percent-encoded");
    }
    marked.text += text.substr(0, begin);
    text.remove_prefix(begin);
    if (text.empty()) return marked;
    const size_t end = text.find('}');
    if (end == std::string_view::npos) return Fail(codes::kUrlSecret, "a ${ without its }");
    MIQ_ASSIGN(std::string value, LookUp(text.substr(2, end - 2), secrets));
    text.remove_prefix(end + 1);
    if (marked.text.empty()) {
      if (std::ranges::any_of(value, IsControl)) return Fail(codes::kUrlInvalid, "a control character in the URL");
      marked.text = std::move(value);
    } else {
      marked.text += kMarkBegin + std::to_string(marked.values.size()) + kMarkEnd;
      marked.values.push_back(std::move(value));
    }
  }
}

}  // namespace migrateiq::detail
