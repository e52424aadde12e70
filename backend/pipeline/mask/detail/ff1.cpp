#include "pipeline/mask/detail/ff1.hpp"

#include <stdexcept>
#include <string>

namespace migrateiq::detail {

namespace {

constexpr uint8_t kRounds = 10;
constexpr size_t kMostHalfBytes = 12;  // then one block of AES makes a round's number

const EVP_CIPHER* AesOf(size_t key_bytes) {
  if (key_bytes == 16) return EVP_aes_128_ecb();
  return key_bytes == 24 ? EVP_aes_192_ecb() : EVP_aes_256_ecb();
}

size_t BytesOf(Uint128 most) {
  size_t bytes = 0;
  for (; most != 0; most >>= 8) ++bytes;
  return bytes;
}

void AppendBigEndian(std::string& out, uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

}  // namespace

/// What the ten rounds over one string share (names of the standard: u, v, b, d, and the PRF up to the last block).
struct Ff1::Round {
  size_t u = 0, v = 0, b = 0, d = 0;
  Number modulus_u = 0, modulus_v = 0;
  Block chained{};
  Block last{};  ///< the last block of Q, without the round's number and half
};

Ff1::Ff1(std::string_view key, uint32_t radix) : cipher_(EVP_CIPHER_CTX_new()), radix_(radix) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.data());
  const bool ready = cipher_ && EVP_EncryptInit_ex(cipher_.get(), AesOf(key.size()), nullptr, bytes, nullptr) == 1 &&
                     EVP_CIPHER_CTX_set_padding(cipher_.get(), 0) == 1;
  if (!ready) throw std::runtime_error("OpenSSL has no AES");
  size_t half = 1;
  while (BytesOf(Power(half + 1) - 1) <= kMostHalfBytes) ++half;
  most_ = 2 * half;
}

Ff1::Number Ff1::Power(size_t exponent) const {
  Number power = 1;
  for (size_t i = 0; i < exponent; ++i) power *= radix_;
  return power;
}

Ff1::Number Ff1::Value(std::span<const uint8_t> numerals) const {
  Number value = 0;
  for (const uint8_t numeral : numerals) value = value * radix_ + numeral;
  return value;
}

void Ff1::Spell(Number value, std::span<uint8_t> numerals) const {
  for (size_t i = numerals.size(); i-- > 0; value /= radix_) numerals[i] = static_cast<uint8_t>(value % radix_);
}

void Ff1::Chain(Block& state, const uint8_t* block) {
  for (size_t i = 0; i < state.size(); ++i) state[i] ^= block[i];
  int written = 0;
  if (EVP_EncryptUpdate(cipher_.get(), state.data(), &written, state.data(), static_cast<int>(state.size())) != 1)
    throw std::runtime_error("OpenSSL cannot encrypt");
}

/// P and Q of the standard, chained up to the block that changes from round to round.
Ff1::Round Ff1::Begin(std::span<const uint8_t> numerals, std::string_view tweak) {
  Round round;
  round.u = numerals.size() / 2;
  round.v = numerals.size() - round.u;
  round.modulus_u = Power(round.u);
  round.modulus_v = Power(round.v);
  round.b = BytesOf(round.modulus_v - 1);
  round.d = 4 * ((round.b + 3) / 4) + 4;
  std::string text("\x01\x02\x01", 3);
  AppendBigEndian(text, radix_, 3);
  text += static_cast<char>(kRounds);
  text += static_cast<char>(round.u & 0xFF);
  AppendBigEndian(text, numerals.size(), 4);
  AppendBigEndian(text, tweak.size(), 4);
  text += tweak;
  while ((text.size() + 1 + round.b) % sizeof(Block) != 0) text += '\0';
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const size_t whole = text.size() / sizeof(Block) * sizeof(Block);
  for (size_t at = 0; at < whole; at += sizeof(Block)) Chain(round.chained, bytes + at);
  for (size_t i = whole; i < text.size(); ++i) round.last[i - whole] = bytes[i];
  return round;
}

Ff1::Number Ff1::Mix(const Round& round, uint8_t number, Number half) {
  Block last = round.last;
  last[sizeof(Block) - 1 - round.b] = number;
  for (size_t i = 0; i < round.b; ++i, half >>= 8) last[sizeof(Block) - 1 - i] = static_cast<uint8_t>(half & 0xFF);
  Block mixed = round.chained;
  Chain(mixed, last.data());
  Number value = 0;
  for (size_t i = 0; i < round.d; ++i) value = value << 8 | mixed[i];
  return value % (number % 2 == 0 ? round.modulus_u : round.modulus_v);
}

void Ff1::Encrypt(std::span<uint8_t> numerals, std::string_view tweak) {
  const Round round = Begin(numerals, tweak);
  Number a = Value(numerals.first(round.u)), b = Value(numerals.subspan(round.u));
  for (uint8_t i = 0; i < kRounds; ++i) {
    const Number modulus = i % 2 == 0 ? round.modulus_u : round.modulus_v;
    const Number c = (a + Mix(round, i, b)) % modulus;
    a = b;
    b = c;
  }
  Spell(a, numerals.first(round.u));
  Spell(b, numerals.subspan(round.u));
}

void Ff1::Decrypt(std::span<uint8_t> numerals, std::string_view tweak) {
  const Round round = Begin(numerals, tweak);
  Number a = Value(numerals.first(round.u)), b = Value(numerals.subspan(round.u));
  for (uint8_t i = kRounds; i-- > 0;) {
    const Number modulus = i % 2 == 0 ? round.modulus_u : round.modulus_v;
    const Number c = (b + modulus - Mix(round, i, a)) % modulus;
    b = a;
    a = c;
  }
  Spell(a, numerals.first(round.u));
  Spell(b, numerals.subspan(round.u));
}

}  // namespace migrateiq::detail
