#include "pipeline/mask/detail/day_mask.hpp"

#include <string>

#include "pipeline/batch/text.hpp"

namespace migrateiq::detail {

namespace {

int32_t FirstOfYear(int32_t day, int64_t& year) {
  unsigned month = 0, day_of_month = 0;
  text::CivilFromDays(day, year, month, day_of_month);
  return text::DaysFromCivil(year, 1, 1);
}

class DayShift : public DayMask {
 public:
  explicit DayShift(std::string_view key) : hash_(key, "date_shift") {}

  int32_t Replace(int32_t day) override {
    int64_t year = 0;
    const int32_t first = FirstOfYear(day, year);
    const std::vector<uint16_t>& order = OrderOf(year, text::DaysFromCivil(year + 1, 1, 1) - first);
    return first + order[static_cast<size_t>(day - first)];
  }
  bool KeepsTime() const override { return true; }

 private:
  static constexpr size_t kMostYears = 4096;  // 3 MB; dates of more years are rare, and then only cost time

  const std::vector<uint16_t>& OrderOf(int64_t year, int32_t days) {
    if (orders_.size() > kMostYears) orders_.clear();
    std::vector<uint16_t>& order = orders_[year];
    if (order.empty()) order = KeyedOrder(hash_, std::to_string(year), static_cast<uint16_t>(days));
    return order;
  }

  KeyedHash hash_;
  std::map<int64_t, std::vector<uint16_t>> orders_;
};

class FirstOfYearMask : public DayMask {
 public:
  int32_t Replace(int32_t day) override {
    int64_t year = 0;
    return FirstOfYear(day, year);
  }
  bool KeepsTime() const override { return false; }
};

}  // namespace

std::unique_ptr<DayMask> MakeDayShift(std::string_view key) { return std::make_unique<DayShift>(key); }
std::unique_ptr<DayMask> MakeFirstOfYear() { return std::make_unique<FirstOfYearMask>(); }

}  // namespace migrateiq::detail
