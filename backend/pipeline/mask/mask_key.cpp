#include "pipeline/mask/mask_key.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/encoding.hpp"
#include "base/errors/plan.hpp"

namespace migrateiq {

namespace {

constexpr std::string_view kFile = "file:";
constexpr size_t kMostBytes = 4096;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

std::string Trimmed(const std::string& text) {
  constexpr const char* kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::unexpected<Error> Refuse(const std::string& name, const std::string& why) {
  const std::string file = name + ".key";
  return Fail(Error(codes::kMaskKey, "the mask key '" + name + "' " + why)
                  .Fix("Make one with `openssl rand -hex 32 > " + file + " && chmod 600 " + file + "` and set " +
                       MaskKeyVariable(name) + "=file:" + file +
                       ". Keep it: the same key gives the same values again, another one gives others."));
}

Result<std::string> ReadKeyFile(const std::string& name, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostBytes, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad()) return Refuse(name, "cannot be read from the file '" + path + "'");
  text.resize(static_cast<size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return text;
}

}  // namespace

bool IsMaskKeyName(std::string_view name) {
  if (name.empty() || name.size() > 40 || !IsLower(name[0])) return false;
  return std::ranges::all_of(name, [](char c) { return IsLower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

std::string MaskKeyVariable(std::string_view name) {
  std::string variable = "MIGRATEIQ_MASK_KEY_";
  for (const char c : name) variable += IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return variable;
}

Result<std::string> MaskKeyFromEnvironment(const std::string& name) {
  const char* value = std::getenv(MaskKeyVariable(name).c_str());
  if (value == nullptr || *value == '\0')
    return Refuse(name, "is not there: the environment variable " + MaskKeyVariable(name) + " is not set");
  std::string text = value;
  if (text.starts_with(kFile)) { MIQ_ASSIGN(text, ReadKeyFile(name, text.substr(kFile.size()))); }
  const std::string key = Trimmed(text);
  if (key.size() >= kLeastMaskKey) return key;
  return Refuse(name, "is too short: it has " + std::to_string(key.size()) + " bytes, and needs " +
                          std::to_string(kLeastMaskKey));
}

std::string MaskKeyPrint(std::string_view key) {
  return ToHexText(HmacSha256(key, "migrateiq mask key print").substr(0, 8));
}

}  // namespace migrateiq
