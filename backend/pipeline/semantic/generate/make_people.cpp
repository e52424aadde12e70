#include <algorithm>

#include <fmt/format.h>

#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/generate/makers.hpp"

namespace migrateiq::generate::detail {
namespace {

using migrateiq::detail::Fold;

bool IsEastAsian(const Locale& locale) {
  return locale.language == "zh" || locale.language == "ja" || locale.language == "ko";
}

std::string FirstName(const Locale& locale, const WordSource& words, Random& random) {
  return words.Pick(random, "first_name", locale.language);
}

std::string LastName(const Locale& locale, const WordSource& words, Random& random) {
  const std::string& name = words.Pick(random, "last_name", locale.language);
  const bool two = locale.language == "es" && random.Chance(0.5);
  return two ? name + " " + words.Pick(random, "last_name", locale.language) : name;
}

std::string FullName(const Locale& locale, const WordSource& words, Random& random, int style) {
  const std::string first = FirstName(locale, words, random), last = LastName(locale, words, random);
  if (IsEastAsian(locale)) return locale.language == "ja" && style == 1 ? last + " " + first : last + first;
  switch (style) {
    case 1: return last + ", " + first;
    case 2: return fmt::format("{} {}. {}", first, random.Like("A"), last);
    case 3: return words.Pick(random, "salutation", locale.language) + " " + first + " " + last;
    default: return first + " " + last;
  }
}

/// Letters and digits of ASCII only.
std::string Plain(std::string_view text) {
  std::string out;
  for (const char c : Fold(text)) {
    if (migrateiq::detail::IsAlnum(c)) out += c;
  }
  return out;
}

/// A name in Latin letters, for addresses and accounts.
std::string LatinName(std::string_view list, const Locale& locale, const WordSource& words, Random& random) {
  return Plain(words.Pick(random, list, IsEastAsian(locale) ? "en" : locale.language));
}

std::string Email(const Locale& locale, const WordSource& words, Random& random) {
  constexpr std::string_view kHosts[] = {"example.com",   "mail.example.org", "web.de",     "gmail.com",
                                         "firma-nord.de", "posta.it",         "uol.com.br", "corp.test"};
  const std::string first = LatinName("first_name", locale, words, random),
                    last = LatinName("last_name", locale, words, random);
  const std::string host(random.Of(kHosts));
  switch (random.Below(4)) {
    case 0: return fmt::format("{}.{}@{}", first, last, host);
    case 1: return fmt::format("{}{}{}@{}", first.substr(0, 1), last, random.Between(1, 99), host);
    case 2: return fmt::format("{}_{}@{}", first, last, host);
    default: return fmt::format("{}+{}@{}", first, random.Between(1, 999), host);
  }
}

std::string UserName(const Locale& locale, const WordSource& words, Random& random) {
  const std::string first = LatinName("first_name", locale, words, random),
                    last = LatinName("last_name", locale, words, random);
  return random.Chance(0.5) ? fmt::format("{}{}", first.substr(0, 1), last)
                            : fmt::format("{}{}", first, random.Between(1, 999));
}

std::string Company(const Locale& locale, const WordSource& words, Random& random) {
  const std::string& stem = words.Pick(random, "company_stem", locale.language);
  const std::string& form = words.Pick(random, "company_suffix", locale.language);
  if (locale.language == "zh") return stem + form;
  if (locale.language == "ja" || locale.language == "ko") return random.Chance(0.5) ? form + stem : stem + form;
  return random.Chance(0.6) ? fmt::format("{} {}", stem, form)
                            : fmt::format("{} {} {}", words.Pick(random, "last_name", locale.language), stem, form);
}

std::string BirthDate(Random& random, int style) {
  const int year = random.Between(1935, 2012), month = random.Between(1, 12), day = random.Between(1, 28);
  switch (style) {
    case 1: return fmt::format("{:02}.{:02}.{}", day, month, year);
    case 2: return fmt::format("{}/{}/{}", month, day, year);
    case 3: return fmt::format("{}-{:02}-{:02} 00:00:00", year, month, day);
    default: return fmt::format("{}-{:02}-{:02}", year, month, day);
  }
}

std::string Initial(Random& random) { return random.Like("A") + (random.Chance(0.3) ? "." : ""); }

/// One letter for a gender, as the column writes it.
Maker GenderMaker(const Locale& locale, const WordSource& words, Random& random) {
  if (random.Chance(0.6)) return {[&] { return words.Pick(random, "gender", locale.language); }};
  const std::string letters = locale.language == "de" ? "MWD" : "MF";
  return {[&random, letters] { return std::string(1, random.Of(letters)); }, true};
}

/// Lists of which values are taken as they are.
bool IsListed(std::string_view kind) {
  constexpr std::string_view kListed[] = {"salutation", "occupation",        "marital_status",     "religion",
                                          "ethnicity",  "political_opinion", "sexual_orientation", "nationality"};
  return std::ranges::find(kListed, kind) != std::end(kListed);
}

}  // namespace

Maker MakePerson(std::string_view kind, const Locale& locale, const WordSource& words, Random& random) {
  if (IsListed(kind)) return {[&, kind] { return words.Pick(random, kind, locale.language); }};
  if (kind == "first_name") return {[&] { return FirstName(locale, words, random); }};
  if (kind == "last_name") return {[&] { return LastName(locale, words, random); }};
  if (kind == "middle_name" && random.Chance(0.5)) return {[&] { return Initial(random); }, true};
  if (kind == "middle_name") return {[&] { return FirstName(locale, words, random); }, true};
  if (kind == "full_name") {
    const int style = static_cast<int>(random.Below(4));
    return {[&, style] { return FullName(locale, words, random, style); }};
  }
  if (kind == "gender") return GenderMaker(locale, words, random);
  if (kind == "email") return {[&] { return Email(locale, words, random); }};
  if (kind == "user_name") return {[&] { return UserName(locale, words, random); }, true};
  if (kind == "social_handle") return {[&] { return "@" + UserName(locale, words, random); }};
  if (kind == "company") return {[&] { return Company(locale, words, random); }};
  if (kind == "age") return {[&] { return std::to_string(random.Between(1, 96)); }, true};
  if (kind == "birth_date") {
    const int style = static_cast<int>(random.Below(4));
    return {[&, style] { return BirthDate(random, style); }, true};
  }
  return {};
}

}  // namespace migrateiq::generate::detail
