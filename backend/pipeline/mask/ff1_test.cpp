#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "pipeline/mask/detail/ff1.hpp"
#include "pipeline/mask/detail/format_cipher.hpp"

namespace migrateiq::detail {
namespace {

constexpr std::string_view kNumerals = "0123456789abcdefghijklmnopqrstuvwxyz";

std::string Unhex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

std::vector<uint8_t> NumeralsOf(std::string_view text) {
  std::vector<uint8_t> numerals;
  for (const char c : text) numerals.push_back(static_cast<uint8_t>(kNumerals.find(c)));
  return numerals;
}

std::string TextOf(const std::vector<uint8_t>& numerals) {
  std::string text;
  for (const uint8_t numeral : numerals) text += kNumerals[numeral];
  return text;
}

struct Vector {
  std::string_view key;
  uint32_t radix;
  std::string_view tweak, plain, cipher;
};

/// The nine samples that NIST publishes for FF1 (SP 800-38G, "FF1samples").
constexpr Vector kNist[] = {
    {"2B7E151628AED2A6ABF7158809CF4F3C", 10, "", "0123456789", "2433477484"},
    {"2B7E151628AED2A6ABF7158809CF4F3C", 10, "39383736353433323130", "0123456789", "6124200773"},
    {"2B7E151628AED2A6ABF7158809CF4F3C", 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum"},
    {"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F", 10, "", "0123456789", "2830668132"},
    {"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F", 10, "39383736353433323130", "0123456789", "2496655549"},
    {"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F", 36, "3737373770717273373737", "0123456789abcdefghi",
     "xbj3kv35jrawxv32ysr"},
    {"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94", 10, "", "0123456789", "6657667009"},
    {"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94", 10, "39383736353433323130", "0123456789",
     "1001623463"},
    {"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94", 36, "3737373770717273373737",
     "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"},
};

TEST(Ff1, GivesWhatTheStandardPublishes) {
  for (const Vector& vector : kNist) {
    Ff1 cipher(Unhex(vector.key), vector.radix);
    std::vector<uint8_t> numerals = NumeralsOf(vector.plain);
    cipher.Encrypt(numerals, Unhex(vector.tweak));
    EXPECT_EQ(TextOf(numerals), vector.cipher);
    cipher.Decrypt(numerals, Unhex(vector.tweak));
    EXPECT_EQ(TextOf(numerals), vector.plain);
  }
}

TEST(Ff1, IsAPermutationOfEveryLength) {
  for (const uint32_t radix : {2U, 10U, 26U, 36U}) {
    Ff1 cipher(std::string(32, 'k'), radix);
    rc::check([&] {
      const auto length = *rc::gen::inRange<size_t>(2, cipher.MostNumerals() + 1);
      const auto plain =
          *rc::gen::container<std::vector<uint8_t>>(length, rc::gen::inRange<uint8_t>(0, static_cast<uint8_t>(radix)));
      const auto tweak = *rc::gen::arbitrary<std::string>();
      std::vector<uint8_t> numerals = plain;
      cipher.Encrypt(numerals, tweak);
      for (const uint8_t numeral : numerals) RC_ASSERT(numeral < radix);
      cipher.Decrypt(numerals, tweak);
      RC_ASSERT(numerals == plain);
    });
  }
}

TEST(Ff1, TakesEachResultOnceInASmallDomain) {
  Ff1 cipher(std::string(32, 'k'), 10);
  std::vector<bool> seen(1000);
  for (int i = 0; i < 1000; ++i) {
    std::vector<uint8_t> numerals{static_cast<uint8_t>(i / 100), static_cast<uint8_t>(i / 10 % 10),
                                  static_cast<uint8_t>(i % 10)};
    cipher.Encrypt(numerals, "t");
    const int result = numerals[0] * 100 + numerals[1] * 10 + numerals[2];
    EXPECT_FALSE(seen[static_cast<size_t>(result)]);
    seen[static_cast<size_t>(result)] = true;
  }
}

std::string FormatOf(std::string text) {
  for (char& c : text) {
    if (c >= '0' && c <= '9') c = '0';
    if (c >= 'A' && c <= 'Z') c = 'A';
    if (c >= 'a' && c <= 'z') c = 'a';
  }
  return text;
}

TEST(FormatCipher, KeepsTheFormatAndCanBeTurnedBack) {
  FormatCipher cipher(std::string(32, 'k'), "test");
  rc::check([&] {
    const auto plain =
        *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>({{6, rc::gen::inRange('0', ':')},
                                                                       {3, rc::gen::inRange('A', '[')},
                                                                       {3, rc::gen::inRange('a', '{')},
                                                                       {2, rc::gen::arbitrary<char>()}}));
    const size_t from = *rc::gen::inRange<size_t>(0, plain.size() + 1);
    std::string text = plain;
    cipher.Encrypt(text, from);
    RC_ASSERT(FormatOf(text) == FormatOf(plain));
    RC_ASSERT(text.substr(0, from) == plain.substr(0, from));
    cipher.Decrypt(text, from);
    RC_ASSERT(text == plain);
  });
}

TEST(FormatCipher, TurnsLongTextsBackToo) {
  FormatCipher cipher(std::string(32, 'k'), "test");
  for (const size_t length : {1UL, 2UL, 40UL, 41UL, 56UL, 57UL, 113UL, 500UL}) {
    for (const char c : {'7', 'q'}) {
      std::string text(length, c);
      cipher.Encrypt(text, 0);
      if (length > 20) { EXPECT_NE(text, std::string(length, c)); }
      cipher.Decrypt(text, 0);
      EXPECT_EQ(text, std::string(length, c)) << length;
    }
  }
}

TEST(FormatCipher, EqualPartsOfDifferentTextsDoNotShow) {
  FormatCipher cipher(std::string(32, 'k'), "test");
  std::string one = "ABCD-1000", other = "ABCD-1001";
  cipher.Encrypt(one, 0);
  cipher.Encrypt(other, 0);
  EXPECT_NE(one.substr(0, 4), other.substr(0, 4));
}

}  // namespace
}  // namespace migrateiq::detail
