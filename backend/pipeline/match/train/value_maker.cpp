#include "pipeline/match/train/value_maker.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "pipeline/batch/text.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

using Pool = std::vector<std::string_view>;
const Pool kFirst = {"Anna",   "Ben",   "Carlos",  "Diana", "Erik", "Fatima", "Georg",   "Hanna", "Ivan",   "Julia",
                     "Kenji",  "Laura", "Marco",   "Nina",  "Omar", "Paula",  "Quentin", "Rosa",  "Stefan", "Tara",
                     "Ulrich", "Vera",  "William", "Yuki",  "Zoe",  "Thomas", "Maria",   "Jose",  "Li",     "Ahmed"};
const Pool kLast = {"Smith",  "Muller",  "Garcia", "Rossi",   "Dubois", "Silva",   "Jansen", "Kowalski",
                    "Tanaka", "Chen",    "Patel",  "Khan",    "Novak",  "Schmidt", "Weber",  "Lopez",
                    "Moreau", "Bianchi", "Costa",  "Berg",    "Larsen", "Okafor",  "Petrov", "Yilmaz",
                    "Nguyen", "Brown",   "Wilson", "Fischer", "Horvat", "Murphy"};
const Pool kCity = {"Berlin", "Paris",  "Madrid", "Rome",  "Lisbon", "Vienna", "Prague", "Warsaw", "Boston",
                    "Austin", "Denver", "Lyon",   "Porto", "Graz",   "Leeds",  "Osaka",  "Lagos",  "Cairo",
                    "Lima",   "Oslo",   "Turin",  "Ghent", "Basel",  "Malaga", "Dresden"};
const Pool kCountry = {"Germany", "France", "Spain",  "Italy", "Portugal", "Austria", "Poland", "USA",
                       "Japan",   "China",  "Brazil", "India", "Norway",   "Canada",  "Mexico"};
const Pool kCountry2 = {"DE", "FR", "ES", "IT", "PT", "AT", "PL", "US", "JP", "CN", "BR", "IN", "NO", "CA", "MX"};
const Pool kRegion = {"CA", "TX", "NY", "BY", "NW", "HE", "IDF", "MD", "CT", "LOM", "WA", "FL", "IL", "OH", "BW"};
const Pool kStreet = {"Main", "Oak",  "Station", "Church", "Garden", "Mill",   "Park", "High",
                      "King", "Lake", "River",   "Forest", "Market", "School", "Hill"};
const Pool kCompany = {"Acme",  "Nordic", "Global", "Summit", "Delta",  "Vertex",   "Harbor",  "Pioneer", "Lumen",
                       "Atlas", "Orion",  "Zenith", "Cobalt", "Falcon", "Meridian", "Quantum", "Sierra",  "Titan"};
const Pool kForm = {"Ltd", "GmbH", "Inc", "SA", "LLC", "AG", "BV", "Co"};
const Pool kNoun = {"chair",  "table", "lamp",   "drill", "pump",   "valve",  "cable",  "filter", "motor",  "bottle",
                    "jacket", "wheel", "screen", "panel", "sensor", "hammer", "carpet", "mirror", "engine", "basket"};
const Pool kAdjective = {"small", "large",    "red",    "steel", "wooden", "light", "heavy", "classic",
                         "smart", "portable", "double", "mini",  "pro",    "basic", "deluxe"};
const Pool kWord = {"time",     "year",    "people",  "way",     "day",   "man",     "thing",   "world",    "life",
                    "hand",     "part",    "child",   "eye",     "place", "work",    "week",    "case",     "point",
                    "company",  "number",  "group",   "problem", "fact",  "order",   "please",  "check",    "again",
                    "today",    "arrived", "missing", "broken",  "great", "service", "quality", "delivery", "thanks",
                    "question", "answer",  "update",  "request", "house", "night",   "water",   "story",    "music",
                    "power",    "light",   "garden",  "summer",  "winter"};
const Pool kIata = {"FRA", "CDG", "MAD", "FCO", "LIS", "VIE", "WAW", "JFK", "LAX", "NRT",
                    "PEK", "GRU", "DEL", "OSL", "YYZ", "MUC", "LHR", "AMS", "ZRH", "BCN"};
const Pool kAirline = {"LH", "AF", "IB", "AZ", "TP", "OS", "LO", "AA", "UA", "JL", "BA", "KL"};
const Pool kCurrency = {"EUR", "USD", "GBP", "JPY", "CHF", "PLN"};
const Pool kLanguage = {"en", "de", "fr", "es", "it", "pt", "zh", "pl"};

std::string Text(std::string_view part) { return std::string(part); }

/// The parts in their order. (With `+` the compiler chooses the order in which dice are thrown.)
std::string Cat(std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

std::string Printed(const char* format, double number) {
  char text[64];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

std::string Padded(int64_t number, int width) {
  std::string text = std::to_string(number);
  if (text.size() < static_cast<size_t>(width)) text.insert(0, static_cast<size_t>(width) - text.size(), '0');
  return text;
}

std::string Upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return text;
}

std::string Lower(std::string_view text) { return Fold(text); }

std::string Words(Dice& dice, int64_t least, int64_t most) {
  std::string text;
  for (int64_t i = dice.Between(least, most); i > 0; --i) text += (text.empty() ? "" : " ") + Text(dice.Pick(kWord));
  if (!text.empty()) text[0] = static_cast<char>(text[0] - 32);
  return text;
}

struct Day {
  int64_t year = 0;
  unsigned month = 1, day = 1;
};

Day DayOf(double days) {
  Day day;
  text::CivilFromDays(static_cast<int32_t>(days), day.year, day.month, day.day);
  return day;
}

std::string Date(double days, int format) {
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Day d = DayOf(days);
  const std::string year = std::to_string(d.year), month = Padded(d.month, 2), day = Padded(d.day, 2);
  switch (format % 6) {
    case 0: return year + "-" + month + "-" + day;
    case 1: return day + "." + month + "." + year;
    case 2: return month + "/" + day + "/" + year;
    case 3: return year + month + day;
    case 4: return day + "/" + month + "/" + year;
    default: return Text(months[d.month - 1]) + " " + day + " " + year;
  }
}

std::string Clock(Dice& dice, bool seconds) {
  const std::string text = Cat({Padded(dice.Between(0, 23), 2), ":", Padded(dice.Between(0, 59), 2)});
  return seconds ? text + ":" + Padded(dice.Between(0, 59), 2) : text;
}

std::string Stamp(double days, Dice& dice, int format) {
  const std::string clock = Clock(dice, true);
  switch (format % 6) {
    case 3: return std::to_string(static_cast<int64_t>(days) * 86400 + dice.Between(0, 86399));
    case 5: return Date(days, 0) + "T" + clock + "Z";
    default: return Date(days, format) + " " + clock;
  }
}

std::string Flag(bool on, int format) {
  static constexpr std::array<std::array<const char*, 2>, 5> forms = {
      {{"false", "true"}, {"0", "1"}, {"N", "Y"}, {"no", "yes"}, {"", "X"}}};
  return forms[static_cast<size_t>(format % 5)][on ? 1 : 0];
}

std::string Digits(Dice& dice, int count) {
  std::string text(1, static_cast<char>('1' + dice.Between(0, 8)));
  while (text.size() < static_cast<size_t>(count)) text += static_cast<char>('0' + dice.Between(0, 9));
  return text;
}

std::string Hex(Dice& dice, size_t count) {
  std::string text;
  while (text.size() < count) text += "0123456789abcdef"[dice.Between(0, 15)];
  return text;
}

std::string Gender(Dice& dice, int format) {
  static constexpr std::array<std::array<const char*, 2>, 5> forms = {
      {{"M", "F"}, {"male", "female"}, {"1", "2"}, {"m", "w"}, {"Male", "Female"}}};
  return forms[static_cast<size_t>(format % 5)][dice.Chance(0.5) ? 1 : 0];
}

std::string Phone(Dice& dice, int format) {
  const std::string digits = Digits(dice, 9);
  switch (format % 4) {
    case 0: return "+49 " + digits.substr(0, 3) + " " + digits.substr(3);
    case 1: return "(" + digits.substr(0, 3) + ") " + digits.substr(3, 3) + "-" + digits.substr(6);
    case 2: return "0" + digits;
    default: return digits.substr(0, 3) + "-" + digits.substr(3, 3) + "-" + digits.substr(6) + "0";
  }
}

double Amount(const ValueSource& source, Dice& dice) {
  double normal = -3.4;
  for (int i = 0; i < 4; ++i) normal += 1.7 * dice.Share();
  return std::exp(source.centre + source.spread * normal);
}

std::string Number(const ValueSource& source, Dice& dice, const ValueHabit& habit) {
  const double amount = Amount(source, dice);
  if (source.kind == "money") {
    if (habit.cents) return Printed("%.0f", amount * 100);
    return Printed("%.2f", amount);
  }
  if (source.kind == "int" || source.kind == "small") return Printed("%.0f", amount);
  if (source.kind == "percent") return Printed("%.1f", std::fmod(amount, 100));
  return Printed(habit.bool_format == 1 ? "%.3f" : "%.1f", amount);
}

std::string Coded(const ValueSource& source, Dice& dice, const ValueHabit& habit) {
  // Some values are frequent.
  const size_t count = source.options.size();
  const auto at =
      std::min(count - 1, static_cast<size_t>(std::floor(std::pow(dice.Share(), 1.5) * static_cast<double>(count))));
  if (!habit.recoded) return source.options[at];
  return habit.bool_format % 2 == 0 ? std::to_string(at + 1) : source.options[at].substr(0, 1);
}

std::string PersonLike(const std::string& kind, Dice& dice, const ValueHabit& habit) {
  const std::string first = Text(dice.Pick(kFirst)), last = Text(dice.Pick(kLast));
  if (kind == "first") return first;
  if (kind == "last") return last;
  if (kind == "user") return Lower(habit.bool_format % 2 == 0 ? first + "." + last : first.substr(0, 1) + last);
  if (kind == "email") return Lower(first + "." + last) + "@" + Lower(dice.Pick(kCompany)) + ".com";
  return habit.bool_format == 3 ? last + ", " + first : first + " " + last;
}

bool IsPersonLike(std::string_view kind) {
  return kind == "first" || kind == "last" || kind == "full" || kind == "user" || kind == "email";
}

const Pool* PoolOf(std::string_view kind) {
  static const std::vector<std::pair<std::string_view, const Pool*>> pools = {
      {"city", &kCity},     {"country", &kCountry},   {"country2", &kCountry2}, {"region", &kRegion}, {"iata", &kIata},
      {"code2", &kAirline}, {"currency", &kCurrency}, {"lang", &kLanguage},     {"word", &kNoun}};
  for (const auto& [name, pool] : pools)
    if (name == kind) return pool;
  return nullptr;
}

std::string Other(const ValueSource& source, Dice& dice, const ValueHabit& habit) {
  const std::string& kind = source.kind;
  if (kind == "street")
    return Cat(
        {Text(dice.Pick(kStreet)), habit.bool_format == 2 ? " St " : " Street ", std::to_string(dice.Between(1, 200))});
  if (kind == "company")
    return Cat({Text(dice.Pick(kCompany)), " ", Text(dice.Pick(kCompany)), " ", Text(dice.Pick(kForm))});
  if (kind == "product")
    return Cat({Text(dice.Pick(kAdjective)), " ", Text(dice.Pick(kNoun)),
                dice.Chance(0.3) ? " " + std::to_string(dice.Between(1, 99)) : ""});
  if (kind == "title") return Words(dice, 2, 5);
  if (kind == "text") return Words(dice, 4, 9);
  if (kind == "sentence") return Words(dice, 12, 30) + ".";
  if (kind == "url")
    return Cat({"https://www.", Lower(dice.Pick(kCompany)), ".com/", Text(dice.Pick(kNoun)), "/",
                std::to_string(dice.Between(1, 999))});
  if (kind == "file")
    return Cat({Text(dice.Pick(kNoun)), std::to_string(dice.Between(1, 99)), dice.Chance(0.5) ? ".jpg" : ".pdf"});
  if (kind == "ip")
    return Cat({std::to_string(dice.Between(10, 200)), ".", std::to_string(dice.Between(0, 255)), ".",
                std::to_string(dice.Between(0, 255)), ".", std::to_string(dice.Between(1, 254))});
  if (kind == "uuid")
    return Cat({Hex(dice, 8), "-", Hex(dice, 4), "-4", Hex(dice, 3), "-a", Hex(dice, 3), "-", Hex(dice, 12)});
  if (kind == "hash") return Hex(dice, 32);
  if (kind == "time") return Clock(dice, habit.bool_format == 1);
  if (kind == "lat") return Printed("%.5f", 35 + 20 * dice.Share());
  if (kind == "lon") return Printed("%.5f", -10 + 30 * dice.Share());
  if (kind == "temp") return Printed("%.1f", -10 + 40 * dice.Share());
  if (kind == "age") return std::to_string(dice.Between(18, 90));
  if (kind == "year") return std::to_string(dice.Between(1980, 2023));
  if (kind == "zip") return Digits(dice, 5);
  if (kind == "digits8") return Digits(dice, 8);
  if (kind == "digits13") return Digits(dice, 13);
  if (kind == "digits16") return Digits(dice, 16);
  if (kind == "code4") return source.letters.substr(0, 1) + Digits(dice, 3);
  if (kind == "code") return source.letters + Digits(dice, 5);
  if (kind == "icd")
    return Cat({std::string(1, static_cast<char>('A' + dice.Between(0, 25))), Padded(dice.Between(0, 99), 2), ".",
                std::to_string(dice.Between(0, 9))});
  if (kind == "iban") return Cat({Text(dice.Pick(kCountry2)), Digits(dice, 20)});
  if (kind == "taxid") return Cat({Text(dice.Pick(kCountry2)), Digits(dice, 9)});
  if (kind == "flight") return Cat({Text(dice.Pick(kAirline)), Digits(dice, 4)});
  return Words(dice, 1, 2);
}

void Disturb(std::string& value, Dice& dice) {
  if (value.size() < 4) return;
  const auto at = static_cast<size_t>(dice.Between(1, static_cast<int64_t>(value.size()) - 2));
  switch (dice.Between(0, 2)) {
    case 0: std::swap(value[at], value[at + 1]); break;
    case 1: value.erase(at, 1); break;
    default: value.insert(at, 1, value[at]);
  }
}

}  // namespace

ValueSource MakeSource(std::string_view kind, Dice& dice) {
  ValueSource source{.kind = std::string(kind.substr(0, kind.find(':'))), .options = {}, .letters = {}};
  if (source.kind == "enum") {
    std::string_view rest = kind.substr(5);
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(','), rest.size());
      source.options.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  source.centre = source.kind == "small"   ? 1 + 1.5 * dice.Share()
                  : source.kind == "int"   ? 4 + 5 * dice.Share()
                  : source.kind == "money" ? 3 + 5 * dice.Share()
                                           : 1 + 4 * dice.Share();
  source.spread = 0.3 + 0.7 * dice.Share();
  source.start = static_cast<double>(dice.Between(-3000, 19000));
  if (source.kind == "seq") source.start = static_cast<double>(dice.Between(1, 100000));
  for (int i = 0; i < 2; ++i) source.letters += static_cast<char>('A' + dice.Between(0, 25));
  if (dice.Chance(0.3)) source.letters += '-';
  return source;
}

std::string MakeValue(const ValueSource& source, uint64_t row_seed, const ValueHabit& habit) {
  Dice dice(row_seed);
  if (Dice(row_seed ^ 0x5555).Chance(habit.nulls)) return "";
  std::string value;
  const std::string& kind = source.kind;
  if (kind == "seq")
    value = std::to_string(static_cast<int64_t>(source.start) + static_cast<int64_t>(row_seed % 5000));
  else if (kind == "enum")
    value = Coded(source, dice, habit);
  else if (kind == "flag")
    value = Flag(dice.Chance(0.4), habit.bool_format);
  else if (kind == "gender")
    value = Gender(dice, habit.bool_format);
  else if (kind == "date")
    value = Date(source.start + static_cast<double>(dice.Between(0, 1500)), habit.date_format);
  else if (kind == "stamp")
    value = Stamp(source.start + static_cast<double>(dice.Between(0, 1500)), dice, habit.date_format);
  else if (kind == "phone")
    value = Phone(dice, habit.bool_format);
  else if (kind == "money" || kind == "int" || kind == "small" || kind == "percent" || kind == "measure" ||
           kind == "rate")
    value = Number(source, dice, habit);
  else if (IsPersonLike(kind))
    value = PersonLike(kind, dice, habit);
  else if (const Pool* pool = PoolOf(kind))
    value = Text(dice.Pick(*pool));
  else
    value = Other(source, dice, habit);
  Dice later(row_seed ^ 0xABCDEF ^ static_cast<uint64_t>(habit.noise * 1000));
  if (later.Chance(habit.noise)) Disturb(value, later);
  return habit.upper ? Upper(value) : value;
}

}  // namespace migrateiq::match
