#include "pipeline/profile/shape/fitting_type.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/batch/json_canonical.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/profile/scan/accumulator.hpp"
#include "pipeline/profile/scan/decimal.hpp"
#include "pipeline/profile/shape/date_formats.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostExceptions = 5;
constexpr int kMostDigits = 38;

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::string_view WithoutSign(std::string_view text) {
  return !text.empty() && (text[0] == '-' || text[0] == '+') ? text.substr(1) : text;
}

/// Digits that a number type keeps: a leading zero says that the text is a code.
bool IsWholeNumber(std::string_view text) {
  text = WithoutSign(text);
  return IsDigits(text) && (text.size() == 1 || text[0] != '0') && text.size() <= kMostDigits;
}

/// Groups of three before the decimal mark: "1,234,567".
bool IsGrouped(std::string_view whole, char mark) {
  const size_t first = whole.find(mark);
  if (first == std::string_view::npos || first == 0 || first > 3) return false;
  for (size_t at = first; at < whole.size(); at += 4) {
    if (whole[at] != mark || !IsDigits(whole.substr(at + 1, 3)) || whole.size() < at + 4) return false;
  }
  return IsDigits(whole.substr(0, first));
}

/// How a number is written; digits before and after the mark.
struct Written {
  bool fits = false, grouped = false;
  int whole = 0, fraction = 0;
};

Written ReadWritten(std::string_view text, char point, char group) {
  text = WithoutSign(text);
  const size_t mark = text.rfind(point);
  const std::string_view whole = text.substr(0, mark);
  const std::string_view fraction = mark == std::string_view::npos ? "" : text.substr(mark + 1);
  Written written{.grouped = IsGrouped(whole, group), .fraction = static_cast<int>(fraction.size())};
  if (mark != std::string_view::npos && !IsDigits(fraction)) return {};
  if (!written.grouped && !IsDigits(whole)) return {};
  if (!written.grouped && whole.size() > 1 && whole[0] == '0') return {};
  written.whole =
      static_cast<int>(std::ranges::count_if(whole, [](char letter) { return letter != '.' && letter != ','; }));
  written.fits = written.whole + written.fraction <= kMostDigits;
  return written;
}

bool IsTruth(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes", "no", "on", "off", "t", "f"};
  const auto lower = [](char letter) { return static_cast<char>(letter | 0x20); };
  return std::ranges::any_of(kWords,
                             [&](std::string_view word) { return std::ranges::equal(text, word, {}, lower); }) ||
         text == "Y" || text == "N" || text == "y" || text == "n";
}

bool IsUuid(std::string_view text) {
  uint8_t bytes[16];
  return text.size() == 36 && text::ParseUuid(text, bytes);
}

bool IsJsonDocument(std::string_view text) {
  if (text.size() < 2 || (text[0] != '{' && text[0] != '[')) return false;
  std::string canonical;
  return CanonicalizeJson(text, canonical);
}

std::string WholeType(double least, double most) {
  if (least >= -128 && most <= 127) return "int8";
  if (least >= -32768 && most <= 32767) return "int16";
  if (least >= -2147483648.0 && most <= 2147483647.0) return "int32";
  return least >= -9223372036854775808.0 && most < 9223372036854775808.0 ? "int64" : "";
}

/// A kind of type that is tried on the texts.
struct Trial {
  std::string type, format;
  int64_t fits = 0;
  std::vector<std::string> exceptions;
};

template <class Is>
Trial Try(const std::vector<CountedText>& texts, std::string type, std::string format, Is is) {
  Trial trial{std::move(type), std::move(format)};
  for (const auto& [text, count] : texts) {
    if (is(Trimmed(text)))
      trial.fits += count;
    else if (trial.exceptions.size() < kMostExceptions)
      trial.exceptions.push_back(Shown(text));
  }
  return trial;
}

Trial TryWhole(const std::vector<CountedText>& texts) {
  double least = 0, most = 0;
  int digits = 1;
  Trial trial = Try(texts, "", "", [&](std::string_view text) {
    if (!IsWholeNumber(text)) return false;
    const double value = ReadDecimal(text[0] == '+' ? text.substr(1) : text).value;
    least = std::min(least, value);
    most = std::max(most, value);
    digits = std::max(digits, static_cast<int>(WithoutSign(text).size()));
    return true;
  });
  trial.type = digits > 18 ? "decimal(" + std::to_string(digits) + ",0)" : WholeType(least, most);
  return trial;
}

Trial TryDecimal(const std::vector<CountedText>& texts, char point, char group) {
  int whole = 0, fraction = 0;
  bool grouped = false;
  Trial trial = Try(texts, "", "", [&](std::string_view text) {
    const Written written = ReadWritten(text, point, group);
    if (!written.fits) return false;
    grouped |= written.grouped;
    whole = std::max(whole, written.whole);
    fraction = std::max(fraction, written.fraction);
    return true;
  });
  trial.type =
      "decimal(" + std::to_string(std::min(kMostDigits, whole + fraction)) + "," + std::to_string(fraction) + ")";
  if (point == ',') trial.format = "decimal comma";
  if (grouped) trial.format += std::string(trial.format.empty() ? "" : ", ") + "thousands by '" + group + "'";
  return trial;
}

Trial TryDates(const std::vector<CountedText>& texts, const std::vector<DateFormat>& dates) {
  if (dates.empty()) return {};
  const std::string& first = dates[0].format;
  const bool date = first.find("%d") != std::string::npos, time = first.find(":%M") != std::string::npos;
  const bool zone = first.find("%z") != std::string::npos;
  return Try(texts, !date ? "time" : (zone ? "timestamptz" : (time ? "timestamp" : "date")), first,
             [&](std::string_view text) {
               return std::ranges::any_of(
                   dates, [text](const DateFormat& format) { return ReadMomentAs(text, format.format).fits; });
             });
}

Trial TryDouble(const std::vector<CountedText>& texts) {
  return Try(texts, "double", "", [](std::string_view text) {
    return text.find_first_of("0123456789") != std::string_view::npos && text::ParseDouble(text).has_value() &&
           !(text.size() > 1 && WithoutSign(text)[0] == '0' && IsDigits(WithoutSign(text)));
  });
}

int64_t MostCharacters(const std::vector<CountedText>& texts) {
  int64_t most = 0;
  for (const CountedText& text : texts) most = std::max(most, text::CountCharacters(text.text));
  return most;
}

std::vector<Trial> Trials(const std::vector<CountedText>& texts, const std::vector<DateFormat>& dates) {
  std::vector<Trial> trials;
  trials.push_back(Try(texts, "bool", "yes/no", IsTruth));
  trials.push_back(TryDates(texts, dates));
  trials.push_back(TryWhole(texts));
  trials.push_back(TryDecimal(texts, '.', ','));
  trials.push_back(TryDecimal(texts, ',', '.'));
  trials.push_back(TryDouble(texts));
  trials.push_back(Try(texts, "uuid", "", IsUuid));
  trials.push_back(Try(texts, "json", "", IsJsonDocument));
  return trials;
}

int FractionDigits(const Column& column, const std::vector<CountedNumber>& numbers) {
  int digits = 0;
  for (const CountedNumber& number : numbers) {
    digits = std::max(digits, ReadDecimal(column.Bytes(number.row)).scale);
  }
  return digits;
}

std::string FittingNumber(const Column& column, const std::vector<CountedNumber>& numbers) {
  const bool whole = std::ranges::all_of(
      numbers, [](const CountedNumber& number) { return number.value == std::trunc(number.value); });
  const double least = numbers.front().value, most = numbers.back().value;
  if (const std::string type = WholeType(least, most); whole && !type.empty()) return type;
  if (column.type().kind != TypeKind::kDecimal) return ToString(column.type());
  const int fraction = FractionDigits(column, numbers);
  const double largest = std::max(std::abs(least), std::abs(most));
  const int digits = largest < 1 ? 1 : static_cast<int>(std::floor(std::log10(largest))) + 1;
  return "decimal(" + std::to_string(digits + fraction) + "," + std::to_string(fraction) + ")";
}

std::string FittingMoment(const Column& column, const std::vector<CountedNumber>& numbers) {
  const bool midnights =
      std::ranges::all_of(numbers, [](const CountedNumber& number) { return std::fmod(number.value, 86400) == 0; });
  const bool timestamp = column.type().kind == TypeKind::kTimestamp;
  return timestamp && midnights ? "date" : ToString(LogicalType::Of(column.type().kind));
}

/// Types that differ in their width only are of one kind.
std::string KindName(const std::string& type) {
  if (type.starts_with("int") && !type.starts_with("interval")) return "int";
  return type.substr(0, type.find('('));
}

}  // namespace

std::optional<FittingType> FittingTextType(const std::vector<CountedText>& all, const std::vector<DateFormat>& dates) {
  std::vector<CountedText> texts;
  FittingType fitting;
  for (const CountedText& text : all) {
    if (Trimmed(text.text).empty()) continue;
    texts.push_back(text);
    fitting.checked += text.count;
  }
  if (texts.empty()) return std::nullopt;
  fitting.fits = fitting.checked;
  fitting.type = "string(" + std::to_string(MostCharacters(texts)) + ")";
  const double needed = kMostlyFits * static_cast<double>(fitting.checked);
  int64_t best = 0;
  for (Trial& trial : Trials(texts, dates)) {
    if (static_cast<double>(trial.fits) < needed || trial.fits <= best || trial.type.empty()) continue;
    best = fitting.fits = trial.fits;
    fitting.type = std::move(trial.type);
    fitting.format = std::move(trial.format);
    fitting.exceptions = std::move(trial.exceptions);
    fitting.differs = true;
  }
  return fitting;
}

std::optional<FittingType> FittingNumberType(const Column& column, const std::vector<CountedNumber>& numbers) {
  if (numbers.empty()) return std::nullopt;
  FittingType fitting;
  for (const CountedNumber& number : numbers) fitting.checked += number.count;
  fitting.fits = fitting.checked;
  const bool number = FamilyOf(column.type().kind) == ValueFamily::number;
  fitting.type = number ? FittingNumber(column, numbers) : FittingMoment(column, numbers);
  fitting.differs = KindName(fitting.type) != KindName(ToString(LogicalType::Of(column.type().kind)));
  return fitting;
}

}  // namespace migrateiq
