#include "modules/core/sign_in/password.hpp"

#include <argon2.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "platform/describe/detail/utf8.hpp"

namespace migrateiq::core {

namespace {

constexpr size_t kSaltBytes = 16, kHashBytes = 32;
constexpr size_t kLeastCharacters = 12, kMostBytes = 1024;

std::string Encoded(std::string_view password, const PasswordHasher::Cost& cost) {
  const std::string salt = RandomBytes(kSaltBytes);
  std::string encoded(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, kSaltBytes, kHashBytes, Argon2_id),
                      '\0');
  const int result = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(),
                                           salt.data(), salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (result != ARGON2_OK) throw std::runtime_error(argon2_error_message(result));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

/// A place in the queue, for as long as it lives.
class Slot {
 public:
  explicit Slot(std::counting_semaphore<>& slots) : slots_(slots) { slots_.acquire(); }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() { slots_.release(); }

 private:
  std::counting_semaphore<>& slots_;
};

std::string InLowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// "abcabcabcabc": the same piece over and over.
bool IsRepetition(std::string_view text) {
  for (size_t length = 1; length <= text.size() / 2 && length <= 6; ++length) {
    bool same = true;
    for (size_t i = length; i < text.size() && same; ++i) same = text[i] == text[i - length];
    if (same) return true;
  }
  return false;
}

/// "123456789012", "lkjihgfedcba": each character is the one before plus or minus one; 9 is followed by 0.
bool IsSequence(std::string_view text) {
  const auto steps = [&](int step) {
    for (size_t i = 1; i < text.size(); ++i) {
      const bool wraps =
          (step == 1 && text[i - 1] == '9' && text[i] == '0') || (step == -1 && text[i - 1] == '0' && text[i] == '9');
      if (text[i] - text[i - 1] != step && !wraps) return false;
    }
    return true;
  };
  return steps(1) || steps(-1);
}

bool HasFewCharacters(std::string_view text) { return std::set<char>(text.begin(), text.end()).size() < 5; }

/// Is hardly anything left when the word is taken out?
bool IsMostly(std::string_view password, std::string_view word) {
  constexpr size_t kShortestWord = 4, kEnoughRest = 8;
  if (word.size() < kShortestWord) return false;
  return password.find(word) != password.npos && password.size() - word.size() < kEnoughRest;
}

bool IsPersonal(std::string_view password, std::string_view email, std::string_view name) {
  const std::string address = InLowerCase(email), person = InLowerCase(name);
  return IsMostly(password, address) || IsMostly(password, address.substr(0, address.find('@'))) ||
         IsMostly(password, person);
}

std::unexpected<Error> Refused(const std::string& why) { return Fail(codes::kAuthPassword, "the password " + why); }

}  // namespace

PasswordHasher::PasswordHasher(Cost cost) : cost_(cost), nobody_(Encoded(RandomBytes(kHashBytes), cost)) {}

std::string PasswordHasher::Hash(std::string_view password) const {
  const Slot slot(slots_);
  return Encoded(password, cost_);
}

bool PasswordHasher::Verify(std::string_view password, const std::string& hash) const {
  const Slot slot(slots_);
  const std::string& against = hash.empty() ? nobody_ : hash;
  return argon2id_verify(against.c_str(), password.data(), password.size()) == ARGON2_OK && !hash.empty();
}

bool PasswordHasher::IsOutdated(const std::string& hash) const {
  return !hash.starts_with(fmt::format("$argon2id$v=19$m={},t={},p={}$", cost_.memory_kib, cost_.passes, cost_.lanes));
}

Status CheckNewPassword(std::string_view password, std::string_view email, std::string_view name) {
  const auto characters = detail::CountCharacters(password);
  if (!characters || *characters < kLeastCharacters)
    return Refused(fmt::format("has less than {} characters", kLeastCharacters));
  if (password.size() > kMostBytes) return Refused(fmt::format("has more than {} bytes", kMostBytes));
  const std::string lower = InLowerCase(password);
  if (IsCommonPassword(lower)) return Refused("is one that many people use");
  if (IsRepetition(lower) || IsSequence(lower) || HasFewCharacters(lower)) return Refused("is too regular");
  if (IsPersonal(lower, email, name)) return Refused("is hardly more than your name or address");
  return {};
}

}  // namespace migrateiq::core
