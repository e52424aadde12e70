#include <algorithm>
#include <array>

#include "connectors/fake/fake_values.hpp"
#include "pipeline/batch/text.hpp"

// A shop system that has grown since 1998: everything is text, nothing is enforced, and every clerk had an own way.
namespace migrateiq::fake {

namespace {

using enum TypeKind;
using namespace std::string_view_literals;

constexpr int32_t kFirstOrder = 14'000;  // 2008
constexpr int32_t kLastOrder = 20'000;   // 2024
constexpr uint32_t kFirst = 1, kLast = 2, kBirth = 3, kOrderDay = 4, kAmount = 5, kDeleted = 6;

constexpr std::array kCountry{"DE"sv, "D"sv, "GER"sv, "Germany"sv, "de"sv, "AT"sv, "CH"sv, "FR"sv, "PL"sv, ""sv};
constexpr std::array kActive{"Y"sv, "Y"sv, "Y"sv, "J"sv, "1"sv, "N"sv, "0"sv, "n"sv};
constexpr std::array kStatus{"NW"sv, "OK"sv, "OK"sv, "SH"sv, "SH"sv, "XX"sv, "ok"sv, "??"sv};
constexpr std::array kMethods{"VISA"sv, "Visa"sv, "PAYPAL"sv, "BAR"sv, "Überweisung"sv, "LASTSCHRIFT"sv, ""sv};
constexpr std::array kCategories{"Eisenwaren"sv, "Möbel"sv, "Lebensmittel"sv, "Bürobedarf"sv, "N/A"sv};
constexpr std::array kActions{"INSERT"sv, "UPDATE"sv, "UPDATE"sv, "DELETE"sv, "LOGIN"sv};
constexpr std::array kAudited{"TBL_CUST"sv, "ORD_HDR"sv, "ORD_LINE"sv, "PAYMENTS"sv};
constexpr std::array kCurrency{"EUR"sv, "EUR"sv, "EUR"sv, "CHF"sv, "eur"sv, "PLN"sv};

struct Sizes {
  int64_t customers, orders, lines, payments, products, audit;
};

Sizes SizesFor(int64_t rows) {
  const auto share = [rows](int64_t per_mille) { return std::max<int64_t>((rows * per_mille + 999) / 1000, 1); };
  return {share(80), share(200), share(450), share(150), share(10), share(110)};
}

std::string Padded(int64_t number, int digits) {
  std::string text = std::to_string(number);
  return text.size() < static_cast<size_t>(digits) ? std::string(static_cast<size_t>(digits) - text.size(), '0') + text
                                                   : text;
}

enum class DateStyle : uint8_t { kIso, kGerman, kCompact };

std::string DateText(int32_t day, DateStyle style) {
  int64_t year = 0;
  unsigned month = 0;
  unsigned of_month = 0;
  text::CivilFromDays(day, year, month, of_month);
  const std::string y = Padded(year, 4);
  const std::string m = Padded(month, 2);
  const std::string d = Padded(of_month, 2);
  if (style == DateStyle::kGerman) return d + "." + m + "." + y;
  return style == DateStyle::kIso ? y + "-" + m + "-" + d : y + m + d;
}

/// 1234.5 as some clerk typed it: "1234.50", "1.234,50 ", " 1234,5", "N/A".
std::string AmountText(int64_t cents, uint64_t style) {
  const std::string whole = std::to_string(cents / 100);
  const std::string fraction = Padded(cents % 100, 2);
  switch (style % 20) {
    case 0: return "N/A";
    case 1:
    case 2: return whole + "," + fraction;
    case 3: return " " + whole + "." + fraction + " ";
    case 4:
      return whole.size() > 3
                 ? whole.substr(0, whole.size() - 3) + "." + whole.substr(whole.size() - 3) + "," + fraction
                 : whole + "," + fraction;
    default: return whole + "." + fraction;
  }
}

/// Every fiftieth customer is the one before, entered again.
Row PersonOf(const Row& row) { return row.number % 50 == 49 ? row.At(row.number - 1) : row; }

void AppendFullName(Column& column, const Row& row) {
  const Row person = PersonOf(row);
  std::string first(FirstName(person.Draw(kFirst)));
  std::string last(LastName(person.Draw(kLast)));
  std::string name = person.Chance(20, 300) ? last + ", " + first : first + " " + last;
  if (person.Chance(21, 40)) name = "Dr. " + name;
  if (row.number != person.number)
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (row.Chance(22, 30)) name = "  " + name;
  column.AppendBytes(name);
}

void AppendEmail(Column& column, const Row& row) {
  const Row person = PersonOf(row);
  if (row.Chance(23, 20)) return column.AppendBytes("n/a");
  if (row.Chance(24, 10)) return column.AppendBytes("kunde" + std::to_string(row.number) + "(at)example.com");
  column.AppendBytes((row.Chance(25, 100) ? "KUNDE" : "kunde") + std::to_string(person.number + 1) + "@example.com");
}

void AppendBirth(Column& column, const Row& row) {
  const Row person = PersonOf(row);
  if (person.Chance(26, 30)) return column.AppendBytes("0000-00-00");
  if (person.Chance(27, 30)) return column.AppendBytes("");
  const auto day = static_cast<int32_t>(person.Range(kBirth, -12'000, 12'000));
  column.AppendBytes(DateText(day, person.Chance(28, 400) ? DateStyle::kGerman : DateStyle::kIso));
}

void AppendPhone(Column& column, const Row& row) {
  const std::string digits = std::to_string(row.Range(29, 1'000'000, 99'999'999));
  switch (row.Draw(30) % 5) {
    case 0: return column.AppendBytes("+49 221 " + digits);
    case 1: return column.AppendBytes("0221/" + digits);
    case 2: return column.AppendBytes("(0221) " + digits);
    case 3: return column.AppendBytes("0049221" + digits);
    default: return column.AppendBytes("-");
  }
}

void AppendPlaceName(Column& column, const Row& row) {
  column.AppendBytes(Padded(row.Range(31, 1'067, 99'998), 5) + " " + std::string(City(row.Draw(32))));
}

void AppendStreet(Column& column, const Row& row) {
  column.AppendBytes(std::string(Street(row.Draw(33))) + " " + std::to_string(row.Range(34, 1, 199)) +
                     (row.Chance(35, 100) ? "a" : ""));
}

Generator Dated(uint32_t salt, int32_t first, int32_t last, uint32_t zero_per_mille) {
  return [=](Column& column, const Row& row) {
    if (row.Chance(salt + 100, zero_per_mille)) return column.AppendBytes("00000000");
    constexpr DateStyle kStyles[] = {DateStyle::kCompact, DateStyle::kCompact, DateStyle::kGerman, DateStyle::kIso};
    column.AppendBytes(DateText(static_cast<int32_t>(row.Range(salt, first, last)), kStyles[row.Draw(salt + 101) % 4]));
  };
}

Generator Amounts(uint32_t salt, int64_t low, int64_t high) {
  return [=](Column& column, const Row& row) {
    column.AppendBytes(AmountText(row.Range(salt, low, high), row.Draw(salt + 100)));
  };
}

Generator Stamps(uint32_t salt) {
  return [=](Column& column, const Row& row) {
    std::string text = DateText(static_cast<int32_t>(row.Range(salt, kFirstOrder, kLastOrder)), DateStyle::kIso);
    const int64_t second = row.Range(salt + 100, 0, 86'399);
    text += " " + Padded(second / 3600, 2) + ":" + Padded(second / 60 % 60, 2) + ":" + Padded(second % 60, 2);
    column.AppendBytes(text);
  };
}

/// A key of the parent, now and then of one that does not exist.
Generator Parent(uint32_t salt, int64_t first, int64_t count, uint32_t orphans_per_mille) {
  return [=](Column& column, const Row& row) {
    const bool orphan = row.Chance(salt + 100, orphans_per_mille);
    const int64_t key =
        orphan ? first + count + row.Range(salt + 101, 1, 1'000'000) : row.Range(salt, first, first + count - 1);
    column.Append<int32_t>(static_cast<int32_t>(key));
  };
}

Generator KeyFrom(int64_t first) {
  return [=](Column& column, const Row& row) { column.Append<int32_t>(static_cast<int32_t>(first + row.number)); };
}

constexpr int64_t kFirstCustomer = 10'001, kFirstOrderNo = 500'001, kFirstProduct = 101;

LogicalType Int() { return LogicalType::Of(kInt32); }
LogicalType Text(int length) { return LogicalType::String(length); }

FakeTable Customers(const Sizes& sizes, uint64_t seed) {
  return TableBuilder("TBL_CUST", sizes.customers, seed)
      .Add("CUST_NO", Int(), KeyFrom(kFirstCustomer))
      .Add("FULL_NM", Text(80), AppendFullName)
      .Nullable("E_MAIL", Text(120), 50, AppendEmail)
      .Nullable("TEL_1", Text(30), 100, AppendPhone)
      .Add("ADDR_LN1", Text(60), AppendStreet)
      .Add("PLZ_ORT", Text(60), AppendPlaceName)
      .Nullable("CTRY_CD", Text(10), 20, OneOf(40, kCountry))
      .Nullable("BRTH_DT", Text(10), 150, AppendBirth)
      .Add("CUST_SNC", Text(10), Dated(41, 10'000, kFirstOrder, 5))
      .Nullable("CRED_LIM", Text(20), 200, Amounts(42, 0, 2'000'000))
      .Nullable("ACTV_FLG", Text(1), 10, OneOf(43, kActive))
      .Nullable("DEL_DT", Text(10), 940, Dated(44, kFirstOrder, kLastOrder, 100))
      .Nullable("NOTES", Text(0), 800, Words(45, 200))
      .Key({"CUST_NO"})
      .Build();
}

FakeTable Headers(const Sizes& sizes, uint64_t seed) {
  return TableBuilder("ORD_HDR", sizes.orders, seed)
      .Add("ORD_NO", Int(), KeyFrom(kFirstOrderNo))
      .Add("CUST_NO", Int(), Parent(50, kFirstCustomer, sizes.customers, 3))
      .Add("ORD_DT", Text(10), Dated(kOrderDay, kFirstOrder, kLastOrder, 4))
      .Add("STAT_CD", Text(2), OneOf(51, kStatus))
      .Add("TOT_AMT", Text(20), Amounts(kAmount, 100, 900'000))
      .Add("CUR_CD", Text(3), OneOf(52, kCurrency))
      .Nullable("SHIP_ADDR", Text(60), 300, AppendStreet)
      .Nullable("DEL_FLG", Text(1), 950,
                [](Column& column, const Row& row) { column.AppendBytes(row.Chance(kDeleted, 500) ? "X" : "1"); })
      .Key({"ORD_NO"})
      .Index("IX_ORD_CUST", {"CUST_NO"})
      .Build();
}

void AppendQuantity(Column& column, const Row& row) {
  const std::string count = std::to_string(row.Range(60, 1, 20));
  switch (row.Draw(61) % 30) {
    case 0: return column.AppendBytes(" " + count);
    case 1: return column.AppendBytes(count + " Stk");
    case 2: return column.AppendBytes(count + ",0");
    default: return column.AppendBytes(count);
  }
}

FakeTable Lines(const Sizes& sizes, uint64_t seed) {
  const int64_t orders = sizes.orders;
  const auto order = [orders](Column& column, const Row& row) {
    const bool orphan = row.Chance(62, 1);
    column.Append<int32_t>(static_cast<int32_t>(kFirstOrderNo + row.number % orders + (orphan ? 5'000'000 : 0)));
  };
  const auto line = [orders](Column& column, const Row& row) {
    column.Append<int32_t>(static_cast<int32_t>(row.number / orders + 1));
  };
  return TableBuilder("ORD_LINE", sizes.lines, seed)
      .Add("ORD_NO", Int(), order)
      .Add("LINE_NO", Int(), line)
      .Add("PROD_ID", Int(), Parent(63, kFirstProduct, sizes.products, 2))
      .Add("QTY", Text(10), AppendQuantity)
      .Add("UNIT_PRC", LogicalType::Decimal(10, 2), Cents(64, 5, 99'999))
      .Nullable("DISC_PCT", Text(10), 700, Amounts(65, 0, 3'000))
      .Key({"ORD_NO", "LINE_NO"})
      .Build();
}

void AppendPaid(Column& column, const Row& row) {
  const int64_t second = row.Range(70, int64_t{kFirstOrder} * 86'400, int64_t{kLastOrder} * 86'400);
  if (row.Chance(71, 200)) return column.AppendBytes(std::to_string(second));
  column.AppendBytes(
      DateText(static_cast<int32_t>(second / 86'400), row.Chance(72, 300) ? DateStyle::kGerman : DateStyle::kIso));
}

FakeTable Payments(const Sizes& sizes, uint64_t seed) {
  return TableBuilder("PAYMENTS", sizes.payments, seed)
      .Add("PAY_ID", Int(), RowNumber())
      .Add("ORD_NO", Int(), Parent(73, kFirstOrderNo, sizes.orders, 2))
      .Add("PAY_DT", Text(19), AppendPaid)
      .Add("AMT", LogicalType::Decimal(12, 2), Cents(74, -5'000, 900'000))
      .Nullable("METHOD", Text(20), 30, OneOf(75, kMethods))
      .Nullable("REF_TXT", Text(60), 500, Words(76, 60))
      .Key({"PAY_ID"})
      .Build();
}

FakeTable Products(const Sizes& sizes, uint64_t seed) {
  const auto title = [](Column& column, const Row& row) {
    column.AppendBytes(std::string(ProductWord(row.Draw(80))) + " " + std::to_string(row.Range(81, 1, 999)) +
                       (row.Chance(82, 100) ? " \"neu\"" : ""));
  };
  return TableBuilder("PRODUKTE", sizes.products, seed)
      .Add("PROD_ID", Int(), KeyFrom(kFirstProduct))
      .Add("BEZ", Text(60), title)
      .Nullable("PREIS", Text(20), 20, Amounts(83, 5, 99'999))
      .Nullable("KAT", Text(20), 50, OneOf(84, kCategories))
      .Nullable(
          "EAN", Text(13), 100,
          [](Column& column, const Row& row) { column.AppendBytes(Padded(row.Range(85, 1, 9'999'999'999'999), 13)); })
      .Nullable("AKTIV", Text(1), 50, OneOf(86, kActive))
      .Key({"PROD_ID"})
      .Build();
}

void AppendOldValue(Column& column, const Row& row) {
  column.AppendBytes("{\"old\": \"" + std::string(LastName(row.Draw(90))) +
                     "\", \"n\": " + std::to_string(row.Range(91, 0, 999)) + (row.Chance(92, 10) ? "" : "}"));
}

FakeTable Audit(const Sizes& sizes, uint64_t seed) {
  return TableBuilder("AUDIT_LOG", sizes.audit, seed)
      .Add("LOG_ID", LogicalType::Of(kInt64), RowNumber())
      .Add("TBL_NM", Text(30), OneOf(93, kAudited))
      .Nullable("ROW_KEY", Text(20), 10,
                [](Column& column, const Row& row) { column.AppendBytes(std::to_string(row.Range(94, 1, 999'999))); })
      .Add("ACTION", Text(10), OneOf(95, kActions))
      .Nullable("OLD_VAL", Text(0), 300, AppendOldValue)
      .Nullable("USR", Text(20), 100,
                [](Column& column, const Row& row) { column.AppendBytes(FirstName(row.Draw(96))); })
      .Add("TS", Text(19), Stamps(97))
      .Key({"LOG_ID"})
      .Build();
}

}  // namespace

Shape LegacyShape(const ShapeOptions& options) {
  const Sizes sizes = SizesFor(options.rows < 0 ? 1'000'000 : options.rows);
  Shape shape;
  for (const auto make : {Customers, Products, Headers, Lines, Payments, Audit})
    shape.tables.push_back(make(sizes, options.seed));
  return shape;
}

}  // namespace migrateiq::fake
