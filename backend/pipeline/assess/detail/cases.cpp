#include <algorithm>
#include <array>

#include "pipeline/assess/detail/chapters.hpp"

namespace migrateiq::assess {

namespace {

/// How one looks for a case.
enum class How {
  kSchema,    ///< in the catalog alone
  kTarget,    ///< by converting it to the chosen target
  kData,      ///< needs the profile
  kByDesign,  ///< nothing in a database tells; the engine is made so that it cannot happen
  kAtRun,     ///< shows only while a run goes on
  kOther,     ///< of systems or functions that are not read
};

struct KnownCase {
  std::string_view id, title;
  How how;
  std::string_view source;  ///< only from this dialect; empty = any
  std::string_view note;
};

constexpr auto kCases = std::to_array<KnownCase>({
    {"F01", "Zero dates in NOT NULL columns", How::kData, "mysql", "values that a date type does not hold"},
    {"F02", "Old valid dates taken for zero dates", How::kData, "", "dates before 1900 and in the future"},
    {"F03", "Partial dates (1989-00-00)", How::kData, "mysql", "counted with the zero dates"},
    {"F04", "Unsigned integers beyond the signed range", How::kSchema, "mysql", "declared types, largest values"},
    {"F05", "tinyint(1) that is no boolean", How::kData, "mysql", "smallest and largest values"},
    {"F06", "BIT columns", How::kSchema, "", "declared types"},
    {"F07", "latin1 that is Windows-1252", How::kSchema, "mysql", "character sets of columns"},
    {"F08", "UTF-8 decoded twice", How::kData, "", "texts that become valid UTF-8 when read the other way"},
    {"F09", "Invalid bytes, lost characters, emoji", How::kData, "", "bytes of the texts"},
    {"F10", "Keys longer than an index takes", How::kTarget, "", "conversion to the target"},
    {"F11", "NUL inside text", How::kData, "", "control characters in texts"},
    {"F12", "Invalid JSON, \\u0000 in JSON", How::kData, "", "values of JSON columns"},
    {"F13", "JSON that changes between systems", How::kSchema, "", "declared types"},
    {"F14", "Names that differ by case only", How::kTarget, "", "conversion to the target"},
    {"F15", "Names over the limit", How::kSchema, "", "lengths of names"},
    {"F16", "Reserved words as names", How::kSchema, "", "names against the words of SQL"},
    {"F17", "Tables without a key", How::kSchema, "", "declared keys"},
    {"F18", "Composite keys cut on their first column", How::kByDesign, "", "chunks are cut over the whole key"},
    {"F19", "Text keys under different collations", How::kSchema, "", "collations of key columns"},
    {"F20", "Foreign keys in a ring, wrong order", How::kSchema, "", "the graph of foreign keys"},
    {"F21", "Orphans", How::kData, "", "values of references against their parents"},
    {"F22", "Actions of foreign keys lost", How::kTarget, "", "conversion to the target"},
    {"F23", "Counters behind the data", How::kSchema, "", "identity columns and sequences"},
    {"F24", "Moments and wall times exchanged", How::kSchema, "", "declared types"},
    {"F25", "Wall times that a clock change skipped or doubled", How::kAtRun, "",
     "only where the plan names a zone: such values are rejected or counted by the run"},
    {"F26", "Floats that lose digits", How::kByDesign, "", "carried over bit for bit; money in floats is told"},
    {"F27", "Numbers without scale or of many digits", How::kSchema, "", "declared types"},
    {"F28", "TIME beyond a day", How::kSchema, "mysql", "values of TIME columns"},
    {"F29", "Infinity, years before Christ", How::kData, "", "smallest and largest values"},
    {"F30", "ENUM with invalid values", How::kData, "", "empty values of enum columns"},
    {"F31", "Generated columns", How::kTarget, "", "conversion to the target"},
    {"F32", "Triggers", How::kSchema, "", "triggers of the source; those of the target are told by the run"},
    {"F33", "Partitions", How::kSchema, "", "declared partitioning"},
    {"F34", "Replication slots that fill the disk", How::kOther, "", "change capture is not part of a run"},
    {"F35", "Unchanged large values in change capture", How::kOther, "", "change capture is not part of a run"},
    {"F36", "Truncated LOBs", How::kOther, "", "of Oracle and SQL Server"},
    {"F37", "Values over 1 GB", How::kOther, "", "of Oracle"},
    {"F38", "Empty text that is NULL", How::kOther, "", "of Oracle"},
    {"F39", "CSV: quoting, byte order marks, ragged rows", How::kData, "csv", "what reading the files reported"},
    {"F40", "Result sets that are buffered whole", How::kByDesign, "", "rows are streamed in bounded memory"},
    {"F41", "Long reads cancelled by a standby", How::kAtRun, "",
     "`migrateiq doctor` warns; the run fails, it never claims success"},
    {"F42", "A crash in the middle", How::kByDesign, "",
     "chunks are loaded exactly once; tables outside transactions are told"},
    {"F43", "Values of another type than declared", How::kData, "", "values against the declared types"},
    {"F44", "Spatial data, padding, uniqueness without case", How::kSchema, "", "declared types, collations, keys"},
});

const char* StatusOf(const Context& context, const KnownCase& known, bool found) {
  if (found) return "found";
  if (known.how == How::kOther) return "not_applicable";
  if (!known.source.empty() && !context.From(known.source)) return "not_applicable";
  if (known.how == How::kByDesign) return "by_design";
  if (known.how == How::kAtRun) return "at_run_time";
  const bool missing = (known.how == How::kData && context.profile == nullptr) ||
                       (known.how == How::kTarget && context.Chosen() == nullptr);
  return missing ? "not_examined" : "clear";
}

}  // namespace

std::vector<CaseCheck> CheckCases(const Context& context, const std::vector<Risk>& risks) {
  std::vector<CaseCheck> checks;
  for (const KnownCase& known : kCases) {
    const bool found = std::ranges::find(risks, known.id, &Risk::failure_case) != risks.end();
    checks.push_back(
        {std::string(known.id), std::string(known.title), StatusOf(context, known, found), std::string(known.note)});
  }
  return checks;
}

}  // namespace migrateiq::assess
