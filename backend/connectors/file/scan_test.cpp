#include <gtest/gtest.h>

#include <string>

#include "connectors/file/date_scan.hpp"
#include "connectors/file/number_scan.hpp"

namespace migrateiq::file {
namespace {

/// The text with the bytes behind it that scanners may read.
class Padded {
 public:
  explicit Padded(const std::string& text) : bytes_(text + std::string(64, '9')), size_(text.size()) {}
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::string bytes_;
  size_t size_;
};

std::string Two(unsigned value) { return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)}; }

TEST(PlainDate, KnowsTheDaysThatTheCalendarKnows) {
  for (unsigned year = 0; year < 10000; year += 1) {
    for (unsigned month = 0; month < 20; ++month) {
      for (const unsigned day : {0U, 1U, 28U, 29U, 30U, 31U, 32U, 99U}) {
        const Padded text(Two(year / 100) + Two(year % 100) + "-" + Two(month) + "-" + Two(day));
        int32_t days = 0;
        ASSERT_EQ(PlainDate(text.view(), days), text::IsValidDate(year, month, day)) << text.view();
        if (!text::IsValidDate(year, month, day)) continue;
        ASSERT_EQ(days, text::DaysFromCivil(year, month, day)) << text.view();
      }
    }
  }
}

TEST(PlainDate, TakesNothingButDigitsAndDashes) {
  for (size_t place = 0; place < 10; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "1111-11-11";
      text[place] = static_cast<char>(byte);
      const bool dash = place == 4 || place == 7;
      const bool digit = byte >= '0' && byte <= '9';
      const bool good = dash ? byte == '-' : digit && !(place == 5 && byte > '1') && !(place == 8 && byte > '3');
      const bool month_13 = place == 6 && byte > '2', day_31 = place == 8 && byte == '3';
      int32_t days;
      EXPECT_EQ(PlainDate(Padded(text).view(), days), good && !month_13 && !day_31) << text;
    }
  }
}

TEST(PlainDecimal, CountsIntegerDigitsOfTheGivenScale) {
  const auto digits = [](const std::string& text, size_t scale) { return PlainDecimal(Padded(text).view(), scale); };
  EXPECT_EQ(digits("0.05", 2), 1);
  EXPECT_EQ(digits("-1.50", 2), 1);
  EXPECT_EQ(digits("20743.57", 2), 5);
  EXPECT_EQ(digits("1234567890123456.1234567890123456", 16), 16);
  for (const char* other : {"", "-", ".", ".50", "-.50", "-0.50", "00.50", "1.5", "1.505", "150", "1,50", "1.5x",
                            "x.50", "1.50e2", "+1.50"}) {
    EXPECT_EQ(digits(other, 2), 0) << other;
  }
}

}  // namespace
}  // namespace migrateiq::file
