#include <algorithm>

#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kManyWrong = 0.01;  ///< of a column's texts: from here on it is no accident

/// Some texts of a column, as the profile's sample counted them.
struct Texts {
  const Context& context;
  const Table& table;
  const ColumnProfile& profile;
  RiskBook& book;

  void Add(std::string_view kind, RiskSeverity severity, int64_t count, const std::string& what) const {
    if (count == 0) return;
    const std::string name = table.name.ToString();
    book.Add(kind, severity,
             {.table = name,
              .column = profile.name,
              .text = Count(count, "text") + " " + what,
              .count = count,
              .of = std::max(profile.sampled, count),
              .sampled = profile.sampled < ValuesOf(profile),
              .samples = context.masking.Show(name, profile.name, profile.encoding->examples)});
  }
};

bool HoldsNul(const ColumnProfile& profile) {
  const auto has = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  return std::ranges::any_of(profile.encoding->examples, has);
}

void FindEncoding(const Context& context, const Table& table, const ColumnProfile& profile, RiskBook& book) {
  if (!profile.encoding || profile.family != ValueFamily::text) return;
  const EncodingProfile& encoding = *profile.encoding;
  const Texts texts{context, table, profile, book};
  const bool many = static_cast<double>(encoding.mojibake) > kManyWrong * static_cast<double>(profile.sampled);
  texts.Add("double_encoding", many ? RiskSeverity::high : RiskSeverity::medium, encoding.mojibake,
            "that look like UTF-8 read as another encoding");
  texts.Add("invalid_text", RiskSeverity::high, encoding.invalid_utf8, "with bytes that are no UTF-8");
  texts.Add("lost_characters", RiskSeverity::low, encoding.replacement, "with a lost character");
  texts.Add("mixed_scripts", RiskSeverity::low, encoding.mixed, "with letters of several scripts in a word");
  texts.Add("mixed_scripts", RiskSeverity::low, encoding.not_normalized, "with letters made of parts");
  const bool refused = HoldsNul(profile) && (context.to == nullptr || !context.to->limits().nul_in_text);
  texts.Add("control_characters", refused ? RiskSeverity::medium : RiskSeverity::low, encoding.control,
            HoldsNul(profile) ? "with a NUL or another control character" : "with a control character");
}

void FindLatin1(const Table& table, const CatalogColumn& column, RiskBook& book) {
  if (column.charset != "latin1") return;
  book.Add("latin1", RiskSeverity::low, {.table = table.name.ToString(), .column = column.name, .text = column.native});
}

}  // namespace

void FindTextRisks(const Context& context, RiskBook& book) {
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile* profile) {
    if (!context.SameDialect()) FindLatin1(table, column, book);
    if (profile != nullptr) FindEncoding(context, table, *profile, book);
  });
}

}  // namespace migrateiq::assess
