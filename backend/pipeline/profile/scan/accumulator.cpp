#include "pipeline/profile/scan/accumulator.hpp"

#include "pipeline/profile/scan/accumulators.hpp"
#include "pipeline/profile/scan/hashes.hpp"

namespace migrateiq {

namespace {

/// Types without order or length: their values are only counted.
class PlainAccumulator : public ColumnAccumulator {
  void AddValues(const Column&, Scratch&) override {}
  void MergeValues(const ColumnAccumulator&) override {}
  void FillValues(ColumnProfile&) const override {}
};

}  // namespace

std::unique_ptr<ColumnAccumulator> ColumnAccumulator::Make(const LogicalType& type) {
  switch (FamilyOf(type.kind)) {
    case ValueFamily::number: return detail::MakeNumberAccumulator(type);
    case ValueFamily::boolean:
    case ValueFamily::date:
    case ValueFamily::time:
    case ValueFamily::timestamp: return detail::MakeTimeAccumulator(type);
    case ValueFamily::text:
    case ValueFamily::binary: return detail::MakeTextAccumulator(type);
    default: return std::make_unique<PlainAccumulator>();
  }
}

void ColumnAccumulator::Add(const Column& column, Scratch& scratch) {
  count_ += column.length();
  nulls_ += column.null_count();
  scratch.hashes.clear();
  HashColumn(column, scratch.hashes);
  distinct_.Add(scratch.hashes);
  AddValues(column, scratch);
}

void ColumnAccumulator::Merge(const ColumnAccumulator& next) {
  count_ += next.count_;
  nulls_ += next.nulls_;
  distinct_.Merge(next.distinct_);
  MergeValues(next);
}

void ColumnAccumulator::Fill(ColumnProfile& profile) const {
  profile.count = count_;
  profile.nulls = nulls_;
  profile.distinct = {distinct_.Count(), distinct_.exact() ? CountMethod::exact : CountMethod::hyperloglog,
                      distinct_.error()};
  if (profile.distinct.value > count_ - nulls_) profile.distinct.value = count_ - nulls_;
  FillValues(profile);
}

ValueFamily FamilyOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool: return ValueFamily::boolean;
    case TypeKind::kInt8:
    case TypeKind::kInt16:
    case TypeKind::kInt32:
    case TypeKind::kInt64:
    case TypeKind::kUInt64:
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kDecimal: return ValueFamily::number;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kJson:
    case TypeKind::kArray:
    case TypeKind::kBit:
    case TypeKind::kAny: return ValueFamily::text;
    case TypeKind::kBytes:
    case TypeKind::kGeometry: return ValueFamily::binary;
    case TypeKind::kDate: return ValueFamily::date;
    case TypeKind::kTime: return ValueFamily::time;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return ValueFamily::timestamp;
    case TypeKind::kInterval: return ValueFamily::interval;
    case TypeKind::kUuid: return ValueFamily::other;
  }
  return ValueFamily::other;
}

std::string Shown(std::string_view text, size_t most) {
  size_t at = 0;
  for (size_t characters = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && characters++ == most) break;
  }
  return std::string(text.substr(0, at));
}

}  // namespace migrateiq
