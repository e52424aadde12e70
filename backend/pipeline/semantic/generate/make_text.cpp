// Texts and vocabularies that no form describes, and values that mean nothing.
#include <array>

#include <fmt/format.h>

#include "pipeline/semantic/generate/makers.hpp"

namespace migrateiq::generate {
namespace detail {
namespace {

constexpr std::string_view kNouns[] = {"order",   "payment", "delivery", "customer", "report",
                                       "account", "invoice", "plan",     "server",   "team",
                                       "market",  "request", "update",   "version",  "contract"};
constexpr std::string_view kVerbs[] = {"was sent",   "is missing",   "has arrived", "needs a review", "was found",
                                       "is pending", "failed again", "was agreed",  "is delayed"};

std::string Sentence(Random& random) {
  return fmt::format("The {} {} {} after the {}", random.Of(kNouns), random.Of(kNouns), random.Of(kVerbs),
                     random.Of(kNouns));
}

/// One sentence in three tells how to reach somebody.
std::string Told(const Locale& locale, const WordSource& words, Random& random) {
  std::string text = Sentence(random);
  if (!random.Chance(0.35)) return text;
  if (random.Chance(0.6)) return text + ", please write to " + MakePerson("email", locale, words, random).make();
  return text + ", call +49 30 " + random.Like("9999999");
}

std::string Mrz(const Locale& locale, const WordSource& words, Random& random) {
  std::string name;
  for (const char c : MakePerson("user_name", locale, words, random).make()) {
    if (c >= 'a' && c <= 'z') name += static_cast<char>(c - 32);
  }
  std::string line = "P<D<<" + name.substr(0, name.size() / 2) + "<<" + name.substr(name.size() / 2);
  line.resize(44, '<');
  return line;
}

std::string UserAgent(Random& random) {
  return fmt::format("Mozilla/5.0 ({}) Gecko/20100101 Firefox/{}.0",
                     random.Chance(0.5) ? "X11; Linux x86_64" : "Windows NT 10.0; Win64; x64", random.Between(80, 130));
}

std::string Pick(Random& random, std::initializer_list<std::string_view> of) {
  return std::string(of.begin()[random.Below(of.size())]);
}

std::string Password(Random& random) { return random.Like(random.Chance(0.5) ? "aaa9aaAaa" : "Aaaaa99!"); }

std::string Path(Random& random) {
  switch (random.Below(3)) {
    case 0: return random.Like("/v\\ar/d\\at\\a/aaaa/aaaaaa.csv");
    case 1: return random.Like("C:\\\\Users\\\\aaaaaa\\\\aaaa.docx");
    default: return random.Like("aaaaaa-99.pdf");
  }
}

std::string Url(Random& random) {
  return random.Like("\\https://www.aaaaaa.org/aaaa/") + std::to_string(random.Below(100000));
}

std::string Date(Random& random, size_t style) {
  const int year = random.Between(1995, 2025), month = random.Between(1, 12), day = random.Between(1, 28);
  if (style == 1) return fmt::format("{:02}.{:02}.{}", day, month, year);
  if (style == 2) return fmt::format("{:02}/{:02}/{}", month, day, year);
  return fmt::format("{}-{:02}-{:02}", year, month, day);
}

std::string Time(Random& random) {
  return fmt::format("{:02}:{:02}:{:02}", random.Between(0, 23), random.Between(0, 59), random.Between(0, 59));
}

Maker MakeStructured(std::string_view kind, Random& random) {
  if (kind == "json")
    return {[&] {
      return fmt::format(R"({{"id": {}, "tags": ["{}", "{}"]}})", random.Below(9999), random.Of(kNouns),
                         random.Of(kNouns));
    }};
  if (kind == "xml")
    return {[&] {
      return fmt::format(R"(<order id="{}"><item sku="{}"/></order>)", random.Below(9999), random.Like("AA999"));
    }};
  if (kind == "html") return {[&] { return fmt::format("<p>{} <b>{}</b></p>", Sentence(random), random.Of(kNouns)); }};
  if (kind == "base64") return {[&] { return random.Like("AaX9aAxX+aXAaXxA9aXxAaXx/XaAxaXx9XaAxX=="); }};
  if (kind == "url") return {[&] { return Url(random); }};
  if (kind == "domain")
    return {[&] { return random.Like(random.Chance(0.5) ? "aaaaaa.com" : "db9.aaaa.ex\\ample.org"); }};
  if (kind == "user_agent") return {[&] { return UserAgent(random); }};
  if (kind == "mime_type")
    return {[&] {
      return Pick(random, {"application/json", "text/html", "image/png", "application/pdf", "video/mp4", "text/csv"});
    }};
  if (kind == "file_path") return {[&] { return Path(random); }};
  if (kind == "password") return {[&] { return Password(random); }, true};
  return {};
}

Maker MakeTimes(std::string_view kind, Random& random) {
  const size_t style = random.Below(3);
  if (kind == "date") return {[&random, style] { return Date(random, style); }};
  if (kind == "datetime")
    return {[&random, style] {
      return Date(random, style) + (style == 0 ? "T" : " ") + Time(random) + (style == 0 ? "Z" : "");
    }};
  if (kind == "time_of_day") return {[&random] { return Time(random); }};
  return {};
}

}  // namespace

Maker MakeText(std::string_view kind, const Locale& locale, const WordSource& words, Random& random) {
  if (kind == "free_text_pii") return {[&] { return Told(locale, words, random); }};
  if (kind == "mrz") return {[&] { return Mrz(locale, words, random); }};
  if (kind == "blood_type") return {[&] { return Pick(random, {"A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"}); }};
  if (kind == "credit_card_brand") return {[&] { return words.Pick(random, "card_brand", ""); }};
  if (kind == "currency_code") return {[&] { return words.Pick(random, "currency", ""); }};
  if (kind == "color" && random.Chance(0.6)) return {[&] { return words.Pick(random, "color_name", ""); }};
  if (kind == "language_code") {
    const bool with_country = random.Chance(0.3);
    return {[&, with_country] {
      return with_country ? Pick(random, {"de-DE", "en-US", "en-GB", "fr-FR", "pt-BR", "ja-JP"})
                          : words.Pick(random, "language", "");
    }};
  }
  if (kind == "boolean") {
    if (random.Chance(0.3)) return {[&] { return Pick(random, {"0", "1"}); }, true};
    const std::array<std::pair<std::string_view, std::string_view>, 4> pairs = {
        {{"true", "false"}, {"yes", "no"}, {"ja", "nein"}, {"oui", "non"}}};
    return {[&random, pair = random.Of(pairs)] { return std::string(random.Chance(0.6) ? pair.first : pair.second); }};
  }
  if (Maker maker = MakeTimes(kind, random); maker.make) return maker;
  return MakeStructured(kind, random);
}

}  // namespace detail

namespace {

std::string Amount(Random& random) { return fmt::format("{}.{:02}", random.Below(5000), random.Below(100)); }

std::string Product(Random& random) {
  constexpr std::string_view kKinds[] = {"Wireless Keyboard", "Steel Bottle",  "Desk Lamp",      "Garden Hose",
                                         "Office Chair",      "Running Shoes", "Coffee Grinder", "USB Cable",
                                         "Oak Table",         "Winter Jacket", "Phone Case",     "Ball Pen"};
  return fmt::format("{} {}", random.Of(kKinds), random.Like(random.Chance(0.5) ? "X9" : "999"));
}

std::string Status(Random& random) {
  constexpr std::string_view kStates[] = {"open", "closed",      "pending", "shipped", "cancelled",
                                          "new",  "in progress", "done",    "draft",   "archived"};
  return std::string(random.Of(kStates));
}

}  // namespace

Maker MeaninglessMaker(const Locale& locale, const WordSource& words, Random& random) {
  switch (random.Below(16)) {
    case 0: return {[next = 1000 + static_cast<int>(random.Below(90000))]() mutable { return std::to_string(++next); }};
    case 1: return {[&random] { return Amount(random); }};
    case 2: return {[&random] { return std::to_string(random.Below(500)); }};
    case 3:
      return {[&random, form = std::string(static_cast<size_t>(random.Between(7, 14)), '9')] {
        return "1" + random.Like(form);
      }};
    case 4: return {[&random] { return random.Like("ORD-2099-99999"); }};
    case 5: return {[&random] { return random.Like("AA-9999"); }};
    case 6: return {[&random] { return Product(random); }};
    case 7: return {[&random] { return Status(random); }};
    case 8: return {[&random] { return detail::Sentence(random); }};
    case 9: return {[&random] { return random.Like("XXXXXXXXXX"); }};
    case 10: return {[&random] { return std::to_string(random.Between(1990, 2026)); }};
    case 11: return {[&random] { return fmt::format("{:.3f}", static_cast<double>(random.Below(1000000)) / 777.0); }};
    case 12: return {[&random] { return random.Like("aaaa_aaaaa_aaa"); }};
    case 13: return {[&random] { return random.Like("999999-999"); }};
    case 14: return {[&random] { return Amount(random) + " kg"; }};
    default:
      return {[&words, &random, &locale] {
        return words.Pick(random, "company_stem", locale.language) + " " + random.Like("9");
      }};
  }
}

Maker MakerOf(std::string_view kind, const Locale& locale, const WordSource& words, Random& random) {
  for (const auto make : {&detail::MakePerson, &detail::MakePlace, &detail::MakeText}) {
    if (Maker maker = make(kind, locale, words, random); maker.make) return maker;
  }
  return detail::MakeNumber(kind, random);
}

}  // namespace migrateiq::generate
