#include "pipeline/semantic/generate/generator.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/lists.hpp"
#include "pipeline/semantic/detail/name_table.hpp"
#include "pipeline/semantic/generate/makers.hpp"
#include "pipeline/semantic/semantic.hpp"

namespace migrateiq::generate {
namespace {

using migrateiq::detail::ToUpper;

/// Countries whose numbers stand in tables of a locale; all others in American ones.
const Locale& LocaleOf(std::string_view country) {
  static const std::map<std::string_view, std::string_view> kLocales = {
      {"uk", "en_GB"}, {"ie", "en_GB"}, {"de", "de_DE"}, {"at", "de_DE"}, {"ch", "de_DE"},
      {"fr", "fr_FR"}, {"es", "es_ES"}, {"mx", "es_ES"}, {"cl", "es_ES"}, {"ar", "es_ES"},
      {"it", "it_IT"}, {"pt", "pt_BR"}, {"br", "pt_BR"}, {"nl", "nl_NL"}, {"be", "nl_NL"},
      {"pl", "pl_PL"}, {"se", "sv_SE"}, {"fi", "sv_SE"}, {"no", "sv_SE"}, {"dk", "sv_SE"},
      {"tr", "tr_TR"}, {"cn", "zh_CN"}, {"tw", "zh_CN"}, {"jp", "ja_JP"}, {"kr", "ko_KR"}};
  const auto found = kLocales.find(country);
  const std::string_view id = found == kLocales.end() ? "en_US" : found->second;
  return *std::ranges::find(Locales(), id, &Locale::id);
}

bool IsNational(std::string_view kind) { return kind.size() > 3 && kind[2] == '_'; }

/// The words of a name as a schema writes them: snake_case, CamelCase, SHOUTED, with blanks.
std::string Written(const std::vector<std::string>& tokens, Random& random) {
  const uint64_t style = random.Below(5);
  std::string name;
  for (const std::string& token : tokens) {
    std::string word = token;
    if (style == 1 || style == 2 || style == 4) word[0] = style == 2 && name.empty() ? word[0] : ToUpper(word[0]);
    if (style == 3) std::ranges::transform(word, word.begin(), ToUpper);
    if (!name.empty() && (style == 0 || style == 3)) name += '_';
    if (!name.empty() && style == 4) name += ' ';
    name += word;
  }
  return name;
}

std::string Shortened(const std::string& word, Random& random) {
  if (word.size() <= 4 || (word[0] & 0x80) != 0) return word;
  if (random.Chance(0.5)) return word.substr(0, static_cast<size_t>(random.Between(3, 4)));
  std::string out;
  for (const char c : word) {
    if (out.empty() || !std::string_view("aeiouy").contains(c)) out += c;
  }
  return out.size() >= 3 ? out : word.substr(0, 4);
}

std::string MeaninglessName(Random& random) {
  switch (random.Below(4)) {
    case 0: return fmt::format("col{}", random.Between(1, 99));
    case 1: return fmt::format("field_{}", random.Between(1, 99));
    case 2: return fmt::format("F{:03}", random.Between(1, 999));
    default: return fmt::format("attr{}", random.Between(1, 30));
  }
}

/// What goes before or after a name without changing it.
void Decorate(std::vector<std::string>& tokens, Random& random) {
  constexpr std::string_view kBefore[] = {"cust", "p", "kd", "main", "usr", "x"};
  if (random.Chance(0.12)) tokens.insert(tokens.begin(), std::string(random.Of(kBefore)));
  if (random.Chance(0.05)) tokens.emplace_back("1");
}

void Name(LabelledColumn& column, const Locale& locale, const WordSource& words, Random& random) {
  const double draw = static_cast<double>(random.Below(100)) / 100;
  column.naming = draw < 0.6 ? Naming::kFull : draw < 0.82 ? Naming::kShortened : Naming::kMeaningless;
  if (column.naming == Naming::kMeaningless) {
    column.name = MeaninglessName(random);
    return;
  }
  const std::string kind = column.kind.empty() ? "-" : column.kind;
  const std::string& chosen = random.Of(words.ColumnNames(kind, random.Chance(0.15) ? "en" : locale.language));
  column.unseen_name = migrateiq::detail::lists::IsRareName(chosen);
  std::vector<std::string> tokens = migrateiq::detail::NameTokens(chosen);
  if (tokens.empty() || (chosen[0] & 0x80) != 0) {
    column.name = chosen;
    return;
  }
  if (column.naming == Naming::kShortened) {
    for (std::string& token : tokens) token = Shortened(token, random);
  }
  Decorate(tokens, random);
  column.name = Written(tokens, random);
}

std::string Typo(std::string text, Random& random) {
  if (text.size() < 3) return text;
  const size_t at = random.Below(text.size() - 1);
  if (random.Chance(0.5))
    std::swap(text[at], text[at + 1]);
  else
    text.erase(at, 1);
  return text;
}

std::string Damaged(std::string text, const Maker& other, Random& random) {
  switch (random.Below(8)) {
    case 0: return "";
    case 1: return random.Chance(0.5) ? "N/A" : "-";
    case 2:
    case 3: return Typo(std::move(text), random);
    case 4: return text.substr(0, text.size() * 2 / 3);
    case 5: std::ranges::transform(text, text.begin(), ToUpper); return text;
    case 6: return " " + text + "  ";
    default: return other.make();
  }
}

/// One value in five is written as `second` writes it: the column was filled by two systems.
void Fill(LabelledColumn& column, const Maker& maker, const Maker& second, const Maker& other, int count,
          Random& random) {
  for (int i = 0; i < count; ++i) {
    std::string value = second.make && random.Chance(0.2) ? second.make() : maker.make();
    column.values.push_back(random.Chance(column.noise) ? Damaged(std::move(value), other, random) : std::move(value));
  }
}

void AddNeighbours(LabelledColumn& column, const Locale& locale, const WordSource& words, Random& random) {
  constexpr std::string_view kPerson[] = {"first_name", "last_name", "email", "city", "birth_date", "phone"};
  constexpr std::string_view kTables[] = {"customers", "t_person", "employees", "contacts", "members"};
  column.table = std::string(random.Of(kTables));
  if (random.Chance(0.4)) return;
  for (const std::string_view kind : kPerson) {
    if (random.Chance(0.6)) column.neighbours.push_back(random.Of(words.ColumnNames(kind, locale.language)));
  }
}

LabelledColumn Make(std::string_view kind, const Locale& locale, const GenerateOptions& options,
                    const WordSource& words, Random& random) {
  LabelledColumn column{.kind = std::string(kind), .locale = std::string(locale.id)};
  column.noise = options.most_noise * static_cast<double>(random.Below(101)) / 100;
  const Maker maker = kind.empty() ? MeaninglessMaker(locale, words, random) : MakerOf(kind, locale, words, random);
  column.told_by_values = !maker.weak;
  Name(column, locale, words, random);
  if (kind.empty())
    column.table = "orders";
  else
    AddNeighbours(column, locale, words, random);
  const bool mixed = !kind.empty() && random.Chance(options.mixed_share);
  const Maker second = mixed ? MakerOf(kind, locale, words, random) : Maker{};
  Fill(column, maker, second, MeaninglessMaker(locale, words, random), options.values, random);
  return column;
}

}  // namespace

std::vector<LabelledColumn> Generate(const GenerateOptions& options) {
  const WordSource words(options.words);
  Random random(options.seed);
  std::vector<LabelledColumn> columns;
  size_t turn = random.Below(Locales().size());
  for (const SemanticKind& kind : SemanticKinds()) {
    for (int i = 0; i < options.columns_per_kind; ++i) {
      const Locale& locale =
          IsNational(kind.id) ? LocaleOf(kind.id.substr(0, 2)) : Locales()[turn++ % Locales().size()];
      columns.push_back(Make(kind.id, locale, options, words, random));
    }
  }
  const double wanted =
      static_cast<double>(columns.size()) * options.meaningless_share / (1 - options.meaningless_share);
  for (int i = 0; i < static_cast<int>(wanted); ++i)
    columns.push_back(Make("", Locales()[turn++ % Locales().size()], options, words, random));
  return columns;
}

}  // namespace migrateiq::generate
