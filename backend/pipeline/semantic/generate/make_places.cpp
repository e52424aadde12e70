#include <map>

#include <fmt/format.h>

#include "pipeline/semantic/generate/makers.hpp"

namespace migrateiq::generate::detail {
namespace {

std::string Street(const Locale& locale, const WordSource& words, Random& random) {
  const std::string& name = words.Pick(random, "street_name", locale.language);
  const std::string& word = words.Pick(random, "street", locale.language);
  const int number = random.Between(1, 180);
  const std::string_view language = locale.language;
  if (language == "en")
    return random.Chance(0.8) ? fmt::format("{} {} {}", number, name, word)
                              : fmt::format("{} {} {}, Apt {}", number, name, word, random.Between(1, 20));
  if (language == "de")
    return fmt::format("{}{} {}", name, random.Chance(0.6) ? "straße" : random.Chance(0.5) ? "weg" : "str.", number);
  if (language == "nl") return fmt::format("{}{} {}", name, random.Chance(0.6) ? "straat" : "laan", number);
  if (language == "sv") return fmt::format("{}{} {}", name, random.Chance(0.6) ? "gatan" : "vägen", number);
  if (language == "fr") return fmt::format("{} {} {}", number, word, name);
  if (language == "tr") return fmt::format("{} {} No:{}", name, word, number);
  if (language == "zh")
    return fmt::format("{}市{}{}{}号", words.Pick(random, "city", "zh"), name, random.Chance(0.7) ? "路" : "街",
                       number);
  if (language == "ja")
    return fmt::format("{}{}{}丁目{}-{}", words.Pick(random, "city", "ja"), name, random.Between(1, 9),
                       random.Between(1, 30), random.Between(1, 20));
  if (language == "ko")
    return fmt::format("{} {}{} {}", words.Pick(random, "city", "ko"), name, random.Chance(0.5) ? "로" : "길", number);
  if (language == "pl") return fmt::format("ul. {} {}", name, number);
  return fmt::format("{} {}{} {}", word, name, language == "pt" || random.Chance(0.3) ? "," : "", number);
}

std::string_view PostalForm(std::string_view locale) {
  static const std::map<std::string_view, std::string_view> kForms = {
      {"en_US", "99999"}, {"en_GB", "A99 9AA"},   {"de_DE", "99999"},    {"fr_FR", "99999"},  {"es_ES", "99999"},
      {"it_IT", "99999"}, {"pt_BR", "99999-999"}, {"nl_NL", "9999 AA"},  {"pl_PL", "99-999"}, {"sv_SE", "999 99"},
      {"tr_TR", "99999"}, {"zh_CN", "999999"},    {"ja_JP", "999-9999"}, {"ko_KR", "99999"}};
  return kForms.at(locale);
}

std::string_view PhoneForm(std::string_view locale, bool international) {
  static const std::map<std::string_view, std::pair<std::string_view, std::string_view>> kForms = {
      {"en_US", {"(999) 999-9999", "+1 999 999 9999"}},     {"en_GB", {"020 7999 9999", "+44 20 7999 9999"}},
      {"de_DE", {"030 / 9999999", "+49 30 9999999"}},       {"fr_FR", {"01 99 99 99 99", "+33 1 99 99 99 99"}},
      {"es_ES", {"(91) 999 99 99", "+34 699 999 999"}},     {"it_IT", {"06 9999 9999", "+39 06 9999 9999"}},
      {"pt_BR", {"(11) 99999-9999", "+55 11 99999-9999"}},  {"nl_NL", {"020-9999999", "+31 6 99999999"}},
      {"pl_PL", {"(22) 999 99 99", "+48 699 999 999"}},     {"sv_SE", {"070-999 99 99", "+46 70 999 99 99"}},
      {"tr_TR", {"(0532) 999 99 99", "+90 532 999 99 99"}}, {"zh_CN", {"010-99999999", "+86 139 9999 9999"}},
      {"ja_JP", {"03-9999-9999", "+81 3-9999-9999"}},       {"ko_KR", {"010-9999-9999", "+82 10-9999-9999"}}};
  const auto& [national, foreign] = kForms.at(locale);
  return international ? foreign : national;
}

Maker PhoneMaker(const Locale& locale, Random& random) {
  // The digits 9 of a form are any; those before them stand.
  if (random.Chance(0.15)) return {[&random] { return random.Like("\\0\\1799999999").substr(0, 10); }, true};
  const bool mixed = random.Chance(0.3), international = random.Chance(0.5);
  return {[&, mixed, international] {
    return random.Like(PhoneForm(locale.id, mixed ? random.Chance(0.5) : international));
  }};
}

std::string Degrees(Random& random, int limit, int decimals) {
  const double value = (static_cast<double>(random.Below(2000000)) / 1000000.0 - 1.0) * limit;
  return fmt::format("{:.{}f}", value, decimals);
}

Maker CodeMaker(std::string_view list, std::string_view language, const WordSource& words, Random& random) {
  return {[&words, &random, list, language] { return words.Pick(random, list, language); }};
}

std::string TimeZone(Random& random) {
  constexpr std::string_view kZones[] = {"Europe/Berlin", "Europe/Paris", "America/New_York", "America/Sao_Paulo",
                                         "Asia/Tokyo",    "Asia/Seoul",   "Asia/Shanghai",    "Australia/Sydney",
                                         "Africa/Cairo",  "UTC",          "Etc/GMT+3"};
  return std::string(random.Of(kZones));
}

}  // namespace

Maker MakePlace(std::string_view kind, const Locale& locale, const WordSource& words, Random& random) {
  if (kind == "street_address") return {[&] { return Street(locale, words, random); }};
  if (kind == "house_number")
    return {[&] { return std::to_string(random.Between(1, 199)) + (random.Chance(0.15) ? random.Like("a") : ""); },
            true};
  if (kind == "postal_code") {
    const std::string_view form = PostalForm(locale.id);
    return {[&random, form] { return random.Like(form); }, form.find_first_not_of('9') == std::string_view::npos};
  }
  if (kind == "city" || kind == "region" || kind == "country") return CodeMaker(kind, locale.language, words, random);
  if (kind == "phone") return PhoneMaker(locale, random);
  if (kind == "country_code") return CodeMaker(random.Chance(0.7) ? "alpha2" : "alpha3", "", words, random);
  if (kind == "airport_code") return CodeMaker("airport", "", words, random);
  if (kind == "latitude") return {[&] { return Degrees(random, 90, 5); }, true};
  if (kind == "longitude") return {[&] { return Degrees(random, 180, 5); }, true};
  if (kind == "coordinates") return {[&] { return Degrees(random, 90, 4) + ", " + Degrees(random, 180, 4); }};
  if (kind == "geohash") {
    return {[&] {
              std::string hash;
              for (int i = 0; i < 8; ++i) hash += random.Of(std::string_view("0123456789bcdefghjkmnpqrstuvwxyz"));
              return hash;
            },
            true};
  }
  if (kind == "time_zone") return {[&] { return TimeZone(random); }};
  return {};
}

}  // namespace migrateiq::generate::detail
