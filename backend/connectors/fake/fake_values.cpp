#include "connectors/fake/fake_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "pipeline/batch/text.hpp"

namespace migrateiq::fake {

namespace {

constexpr int64_t kDayMicros = 86'400'000'000;

constexpr std::array<std::string_view, 40> kWords{
    "carefully", "final",    "deposits",  "quickly",  "express",      "requests", "furiously",   "regular",
    "accounts",  "slyly",    "pending",   "packages", "across",       "ironic",   "theodolites", "above",
    "special",   "silent",   "platelets", "sleep",    "bold",         "even",     "pinto",       "beans",
    "haggle",    "blithely", "unusual",   "foxes",    "wake",         "among",    "the",         "against",
    "idle",      "courts",   "nag",       "after",    "dependencies", "detect",   "warhorses",   "daring"};

constexpr std::array<std::string_view, 32> kFirst{
    "Anna",  "Hans",   "Jürgen", "María", "Zoë",     "Søren", "Björk", "Łukasz", "François", "Ümit",      "Chloé",
    "Peter", "Katrin", "Ivan",   "Олена", "Γιώργος", "Mei",   "太郎",  "Amélie", "José",     "Renée",     "Dietmar",
    "Ines",  "Tom",    "Grace",  "Aoife", "Nguyễn",  "Raj",   "Fatma", "O",      "Sinéad",   "Karl-Heinz"};

constexpr std::array<std::string_view, 32> kLast{
    "Müller",   "Schmidt",  "O'Brien", "García", "van der Berg", "Łoś",    "Østergaard", "Strauß",
    "Петренко", "Lefèvre",  "Çelik",   "Weiß",   "Meier",        "Nowak",  "山田",       "Smith",
    "Jones",    "D'Angelo", "Nuñez",   "Krämer", "Bauer",        "Dvořák", "Kovács",     "Ivanova",
    "Lee",      "Singh",    "Trần",    "Fuchs",  "Köhler",       "Patel",  "Åkesson",    "de la Cruz"};

constexpr std::array<std::string_view, 16> kCities{"Köln",     "München", "Zürich", "Wien",     "Genève", "Kraków",
                                                   "Århus",    "Malmö",   "Berlin", "Paris",    "London", "Praha",
                                                   "İstanbul", "Αθήνα",   "Київ",   "Reykjavík"};

constexpr std::array<std::string_view, 12> kStreets{"Hauptstraße", "Bahnhofstr.", "Am Markt",    "Rue de l'Église",
                                                    "High Street", "Gartenweg",   "Lindenallee", "Schloßplatz",
                                                    "Calle Mayor", "Ringstr.",    "Mühlgasse",   "Vía Roma"};

constexpr std::array<std::string_view, 16> kProducts{"Schraube", "Dübel",      "Kabel", "Müsli",   "Stuhl",   "Tisch",
                                                     "Lampe",    "Café crème", "Bolt",  "Washer",  "Gehäuse", "Öl 5W30",
                                                     "Seife",    "Papier",     "Brett", "Türgriff"};

template <size_t N>
std::string_view Pick(const std::array<std::string_view, N>& texts, uint64_t draw) {
  return texts[draw % N];
}

template <class T>
void AppendAs(Column& column, int64_t value) {
  column.Append<T>(static_cast<T>(value));
}

void AppendInteger(Column& column, int64_t value) {
  switch (column.type().kind) {
    case TypeKind::kInt8: return AppendAs<int8_t>(column, value);
    case TypeKind::kInt16: return AppendAs<int16_t>(column, value);
    case TypeKind::kInt32: return AppendAs<int32_t>(column, value);
    default: return AppendAs<int64_t>(column, value);
  }
}

/// Bounds of a whole number kind.
std::pair<int64_t, int64_t> BoundsOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kInt8: return {INT8_MIN, INT8_MAX};
    case TypeKind::kInt16: return {INT16_MIN, INT16_MAX};
    case TypeKind::kInt32: return {INT32_MIN, INT32_MAX};
    default: return {-1'000'000'000'000, 1'000'000'000'000};
  }
}

Generator AnyDecimal(uint32_t salt, const LogicalType& type) {
  const int precision = type.precision == 0 ? 20 : std::min(type.precision, 400);
  const int scale = type.scale < 0 ? 6 : std::min(type.scale, precision);
  return [=](Column& column, const Row& row) {
    std::string text = row.Draw(salt) % 2 == 0 ? "-" : "";
    const int whole = std::max(1, static_cast<int>(row.Range(salt + 1, 0, precision - scale)));
    if (precision == scale)
      text += '0';
    else
      for (int i = 0; i < whole; ++i)
        text += static_cast<char>('1' + row.Draw(salt + 2 + static_cast<uint32_t>(i)) % 9);
    if (scale > 0) text += '.';
    for (int i = 0; i < scale; ++i)
      text += static_cast<char>('0' + (row.Draw(salt + 500 + static_cast<uint32_t>(i)) + 1) % 10);
    const bool zero = text.find_first_of("123456789") == std::string::npos;
    column.AppendBytes(zero && text.front() == '-' ? std::string_view(text).substr(1) : text);
  };
}

Generator AnyText(uint32_t salt, const LogicalType& type) {
  const int most = type.length == 0 ? 60 : type.length;
  switch (type.kind) {
    case TypeKind::kEnum:
      return [=](Column& column, const Row& row) {
        column.AppendBytes(type.labels.empty() ? "" : type.labels[row.Draw(salt) % type.labels.size()]);
      };
    case TypeKind::kJson:
      return [=](Column& column, const Row& row) {
        column.AppendBytes("{\"a\":" + std::to_string(row.Range(salt, -99, 99)) + ",\"n\":\"ü" +
                           std::to_string(row.number) + "\"}");
      };
    case TypeKind::kBit:
      return [=](Column& column, const Row& row) {
        std::string bits;
        for (int i = 0; i < (type.length == 0 ? 8 : type.length); ++i)
          bits += (row.Draw(salt + static_cast<uint32_t>(i)) & 1) != 0 ? '1' : '0';
        column.AppendBytes(bits);
      };
    case TypeKind::kArray:
      return [=](Column& column, const Row& row) {
        column.AppendBytes("{" + std::to_string(row.Range(salt, 0, 9)) + ",NULL}");
      };
    case TypeKind::kBytes:
      return [=](Column& column, const Row& row) {
        std::string bytes;
        for (int i = 0; i < std::min(most, 16); ++i)
          bytes += static_cast<char>(row.Draw(salt + static_cast<uint32_t>(i)));
        column.AppendBytes(bytes);
      };
    case TypeKind::kGeometry:
      return [=](Column& column, const Row& row) {
        char point[21] = {1, 1, 0, 0, 0};
        for (int axis = 0; axis < 2; ++axis) {
          const double at = static_cast<double>(row.Range(salt + static_cast<uint32_t>(axis), -18000, 18000)) / 128;
          std::memcpy(point + 5 + 8 * axis, &at, 8);
        }
        column.AppendBytes({point, sizeof(point)});
      };
    default: return Words(salt, most);
  }
}

}  // namespace

Generator RowNumber() {
  return [](Column& column, const Row& row) { AppendInteger(column, row.number + 1); };
}

Generator Numbers(uint32_t salt, int64_t low, int64_t high) {
  return [=](Column& column, const Row& row) { AppendInteger(column, row.Range(salt, low, high)); };
}

void AppendCents(Column& column, int64_t cents) {
  char text[32];
  char* at = text;
  if (cents < 0) *at++ = '-';
  const uint64_t size = cents < 0 ? 0 - static_cast<uint64_t>(cents) : static_cast<uint64_t>(cents);
  at = std::to_chars(at, text + sizeof(text), size / 100).ptr;
  *at++ = '.';
  *at++ = static_cast<char>('0' + size % 100 / 10);
  *at++ = static_cast<char>('0' + size % 10);
  column.AppendBytes({text, static_cast<size_t>(at - text)});
}

Generator Cents(uint32_t salt, int64_t low, int64_t high) {
  return [=](Column& column, const Row& row) { AppendCents(column, row.Range(salt, low, high)); };
}

Generator Dates(uint32_t salt, int32_t first_day, int32_t last_day) {
  return [=](Column& column, const Row& row) { AppendAs<int32_t>(column, row.Range(salt, first_day, last_day)); };
}

Generator Moments(uint32_t salt, int32_t first_day, int32_t last_day, bool fraction) {
  return [=](Column& column, const Row& row) {
    int64_t micros = row.Range(salt, first_day * kDayMicros, last_day * kDayMicros);
    if (!fraction) micros -= ((micros % 1'000'000) + 1'000'000) % 1'000'000;
    column.Append<int64_t>(micros);
  };
}

Generator OneOf(uint32_t salt, std::span<const std::string_view> texts) {
  return [=](Column& column, const Row& row) { column.AppendBytes(texts[row.Draw(salt) % texts.size()]); };
}

void AppendWords(Column& column, const Row& row, uint32_t salt, int most) {
  auto* begin = reinterpret_cast<char*>(column.ReserveBytes(static_cast<size_t>(most)));
  uint64_t draw = row.Draw(salt);
  const auto wanted = static_cast<size_t>(most) / 4 + draw % (static_cast<size_t>(most) * 3 / 4 + 1);
  size_t length = 0;
  while (length < wanted) {
    draw = Mix(draw + kGolden);
    const std::string_view word = Pick(kWords, draw);
    const size_t taken = std::min(word.size(), wanted - length);
    std::memcpy(begin + length, word.data(), taken);
    length += taken;
    if (length < wanted) begin[length++] = ' ';
  }
  // Never a blank at the end: systems differ in what they make of it.
  while (length > 0 && begin[length - 1] == ' ') --length;
  column.CommitBytes(length);
}

Generator Words(uint32_t salt, int most) {
  return [=](Column& column, const Row& row) { AppendWords(column, row, salt, most); };
}

Generator AnyValue(uint32_t salt, const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return [=](Column& column, const Row& row) { AppendAs<uint8_t>(column, row.Range(salt, 0, 1)); };
    case TypeKind::kInt8:
    case TypeKind::kInt16:
    case TypeKind::kInt32:
    case TypeKind::kInt64: return Numbers(salt, BoundsOf(type.kind).first, BoundsOf(type.kind).second);
    case TypeKind::kUInt64: return [=](Column& column, const Row& row) { column.Append<uint64_t>(row.Draw(salt)); };
    case TypeKind::kFloat:
      return [=](Column& column, const Row& row) {
        column.Append(static_cast<float>(row.Range(salt, -8'000'000, 8'000'000)) / 256);
      };
    case TypeKind::kDouble:
      return [=](Column& column, const Row& row) {
        column.Append(static_cast<double>(row.Range(salt, -9'000'000'000'000, 9'000'000'000'000)) / 1000);
      };
    case TypeKind::kDecimal: return AnyDecimal(salt, type);
    case TypeKind::kDate: return Dates(salt, 0, 20'000);
    case TypeKind::kTime:
      return [=](Column& column, const Row& row) { column.Append<int64_t>(row.Range(salt, 0, 86'399) * 1'000'000); };
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return Moments(salt, 0, 20'000, type.precision == 6);
    case TypeKind::kInterval:
      return [=](Column& column, const Row& row) {
        column.Append(Interval{static_cast<int32_t>(row.Range(salt, 0, 99)),
                               static_cast<int32_t>(row.Range(salt + 1, 0, 30)),
                               row.Range(salt + 2, 0, 86'399) * 1'000'000});
      };
    case TypeKind::kUuid:
      return [=](Column& column, const Row& row) {
        column.Append(std::array<uint64_t, 2>{row.Draw(salt), row.Draw(salt + 1)});
      };
    default: return AnyText(salt, type);
  }
}

std::string_view FirstName(uint64_t draw) { return Pick(kFirst, draw); }
std::string_view LastName(uint64_t draw) { return Pick(kLast, draw); }
std::string_view City(uint64_t draw) { return Pick(kCities, draw); }
std::string_view Street(uint64_t draw) { return Pick(kStreets, draw); }
std::string_view ProductWord(uint64_t draw) { return Pick(kProducts, draw); }

}  // namespace migrateiq::fake
