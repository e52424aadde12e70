#include "pipeline/transform/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDay = 86'400 * kSecond;
constexpr int64_t kInfinity = std::numeric_limits<int64_t>::max();
constexpr int64_t kMinusInfinity = std::numeric_limits<int64_t>::min();
constexpr size_t kMostOriginal = 1024;

/// None when the system has no zone files; then no zone can be found either.
std::vector<std::string> ZoneNames() {
  std::vector<std::string> names;
  try {
    for (const auto& zone : date::get_tzdb().zones) names.emplace_back(zone.name());
  } catch (const std::runtime_error&) { names.clear(); }
  return names;
}

Result<const date::time_zone*> FindZone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return Fail(codes::kPlanValue, "there is no time zone '" + name + "'" + DidYouMean(name, ZoneNames()));
  }
}

int64_t FloorSeconds(int64_t micros) { return micros / kSecond - (micros % kSecond < 0 ? 1 : 0); }

enum class Wall : uint8_t { kOnce, kNever, kTwice, kOutOfRange };

/// Wall time to UTC in one zone; remembers the stretch between two clock changes, in which most neighbours lie.
class WallClock {
 public:
  explicit WallClock(const date::time_zone* zone) : zone_(zone) {}

  Wall ToUtc(int64_t wall, int64_t& utc) {
    const int64_t second = FloorSeconds(wall);
    if (second >= safe_begin_ && second < safe_end_) return Shift(wall, offset_, utc);
    const date::local_info info = zone_->get_info(date::local_time<seconds>(seconds(second)));
    Remember(info.first);
    if (info.result == date::local_info::nonexistent) return Wall::kNever;
    const Wall shifted = Shift(wall, info.first.offset.count(), utc);
    return shifted == Wall::kOnce && info.result == date::local_info::ambiguous ? Wall::kTwice : shifted;
  }

 private:
  static Wall Shift(int64_t wall, int64_t offset, int64_t& utc) {
    if (__builtin_sub_overflow(wall, offset * kSecond, &utc) || utc == kInfinity || utc == kMinusInfinity) {
      return Wall::kOutOfRange;
    }
    return Wall::kOnce;
  }

  /// Wall times two days clear of either clock change are certainly shown once.
  void Remember(const date::sys_info& info) {
    constexpr int64_t kClear = 2 * 86'400;
    offset_ = info.offset.count();
    safe_begin_ = info.begin.time_since_epoch().count() + kClear;
    safe_end_ = info.end.time_since_epoch().count() - kClear;
  }

  const date::time_zone* zone_;
  int64_t offset_ = 0, safe_begin_ = 0, safe_end_ = 0;
};

/// Converts one column.
class Conversion {
 public:
  Conversion(const Column& in, const std::string& zone, const date::time_zone* found, int32_t index, Column& out,
             std::vector<Finding>& findings)
      : in_(in), zone_(zone), clock_(found), index_(index), out_(out), findings_(findings) {}

  void Run() {
    for (int64_t row = 0; row < in_.length(); ++row) {
      if (in_.IsNull(row))
        out_.AppendNull();
      else if (in_.type().kind == TypeKind::kTimestamp)
        AppendWall(row, in_.Get<int64_t>(row));
      else if (in_.type().kind == TypeKind::kDate)
        AppendDate(row);
      else
        AppendText(row);
    }
  }

 private:
  void AppendDate(int64_t row) {
    const auto days = in_.Get<int32_t>(row);
    if (days == std::numeric_limits<int32_t>::max()) return AppendWall(row, kInfinity);
    if (days == std::numeric_limits<int32_t>::min()) return AppendWall(row, kMinusInfinity);
    int64_t wall = 0;
    if (__builtin_mul_overflow(int64_t{days}, kDay, &wall)) return Refuse(row, FindingKind::kOutOfRange, "timestamptz");
    AppendWall(row, wall);
  }

  void AppendText(int64_t row) {
    int64_t wall = 0;
    std::optional<int32_t> offset;
    auto state = text::ParseTimestamp(in_.Bytes(row), wall, &offset);
    if (state == text::DateState::kNotADate) {
      int32_t days = 0;
      state = text::ParseDate(in_.Bytes(row), days);
      if (__builtin_mul_overflow(int64_t{days}, kDay, &wall))
        return Refuse(row, FindingKind::kOutOfRange, "timestamptz");
    }
    if (state == text::DateState::kNotADate) return Refuse(row, FindingKind::kWrongType, "timestamp");
    if (state == text::DateState::kZeroOrImpossible) return Refuse(row, FindingKind::kZeroDate, "timestamp");
    if (offset)
      out_.Append(wall);
    else
      AppendWall(row, wall);
  }

  void AppendWall(int64_t row, int64_t wall) {
    if (wall == kInfinity || wall == kMinusInfinity) return out_.Append(wall);
    int64_t utc = 0;
    const Wall shown = clock_.ToUtc(wall, utc);
    if (shown == Wall::kNever)
      return Refuse(row, FindingKind::kOutOfRange, "a time that clocks in " + zone_ + " skipped");
    if (shown == Wall::kOutOfRange) return Refuse(row, FindingKind::kOutOfRange, "timestamptz");
    if (shown == Wall::kTwice)
      Report(row, FindingKind::kAmbiguousTime, "clocks in " + zone_ + " showed it twice; the first is taken");
    out_.Append(utc);
  }

  void Refuse(int64_t row, FindingKind kind, std::string detail) {
    Report(row, kind, std::move(detail));
    out_.AppendNull();
  }

  void Report(int64_t row, FindingKind kind, std::string detail) {
    std::string original;
    text::AppendValue(original, in_, row);
    original.resize(std::min(original.size(), kMostOriginal));
    findings_.push_back({row, index_, kind, std::move(original), std::move(detail)});
  }

  const Column& in_;
  const std::string& zone_;
  WallClock clock_;
  int32_t index_;
  Column& out_;
  std::vector<Finding>& findings_;
};

bool HoldsWallTimes(TypeKind kind) {
  return kind == TypeKind::kTimestamp || kind == TypeKind::kDate || kind == TypeKind::kString ||
         kind == TypeKind::kChar;
}

}  // namespace

Status CheckZone(const std::string& zone) {
  MIQ_TRY(FindZone(zone));
  return {};
}

Status ApplyZone(const Column& in, const std::string& zone, int32_t column_index, Column& out,
                 std::vector<Finding>& findings) {
  if (!HoldsWallTimes(in.type().kind)) {
    return Fail(codes::kPlanValue,
                "assume_zone needs a timestamp, date or text without a zone, not " + ToString(in.type()));
  }
  MIQ_ASSIGN(const date::time_zone* found, FindZone(zone));
  out = Column(LogicalType::Of(TypeKind::kTimestampTz));
  out.Reserve(in.length());
  Conversion(in, zone, found, column_index, out, findings).Run();
  return {};
}

}  // namespace migrateiq
