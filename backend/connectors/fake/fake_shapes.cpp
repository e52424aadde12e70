#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "connectors/fake/fake_values.hpp"

// The tidy shapes: lineitem, orders, wide.
namespace migrateiq::fake {

namespace {

using enum TypeKind;

constexpr int32_t kFirstShip = 8036;  // 1992-01-02
constexpr int32_t kLastShip = 10561;  // 1998-12-01
constexpr int32_t kStatusDay = 9298;  // 1995-06-17
constexpr uint32_t kPart = 1, kQuantity = 2, kShip = 3, kReceipt = 4;

constexpr std::array<std::string_view, 4> kInstructions{"DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"};
constexpr std::array<std::string_view, 7> kModes{"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"};
constexpr std::array<std::string_view, 5> kStatuses{"open", "paid", "shipped", "cancelled", "returned"};
constexpr std::array<std::string_view, 6> kCountries{"DE", "FR", "PL", "DK", "GB", "AT"};

LogicalType Text(int length) { return LogicalType::String(length); }
LogicalType Money(int precision) { return LogicalType::Decimal(precision, 2); }
LogicalType Of(TypeKind kind) { return LogicalType::Of(kind); }
LogicalType Seconds(TypeKind kind) { return {.kind = kind, .precision = 0}; }

int64_t PartOf(const Row& row) { return row.Range(kPart, 1, 200'000); }
int64_t ShipDay(const Row& row) { return row.Range(kShip, kFirstShip, kLastShip); }
int64_t ReceiptDay(const Row& row) { return ShipDay(row) + row.Range(kReceipt, 1, 30); }

void AppendDay(Column& column, int64_t day) { column.Append<int32_t>(static_cast<int32_t>(day)); }

void AppendPrice(Column& column, const Row& row) {
  const int64_t part = PartOf(row);
  AppendCents(column, row.Range(kQuantity, 1, 50) * (90'000 + part / 10 % 20'001 + 100 * (part % 1000)));
}

void AppendReturnFlag(Column& column, const Row& row) {
  const bool arrived = ReceiptDay(row) <= kStatusDay;
  column.AppendBytes(!arrived ? "N" : row.Chance(5, 500) ? "R" : "A");
}

FakeTable Customers(int64_t rows, uint64_t seed) {
  const auto name = [](Column& column, const Row& row) {
    column.AppendBytes(std::string(FirstName(row.Draw(1))) + " " + std::string(LastName(row.Draw(2))));
  };
  const auto email = [](Column& column, const Row& row) {
    column.AppendBytes("customer" + std::to_string(row.number + 1) + "@example.com");
  };
  return TableBuilder("customers", rows, seed)
      .Add("id", Of(kInt64), RowNumber())
      .Identity()
      .Add("name", Text(80), name)
      .Add("email", Text(120), email)
      .Nullable("birth", Of(kDate), 100, Dates(3, -10'000, 14'000))
      .Add("city", Text(40), [](Column& column, const Row& row) { column.AppendBytes(City(row.Draw(4))); })
      .Add("country", Text(2), OneOf(5, kCountries))
      .Add("balance", Money(12), Cents(6, -50'000, 1'000'000))
      .Add("active", Of(kBool),
           [](Column& column, const Row& row) { column.Append<uint8_t>(row.Chance(7, 900) ? 1 : 0); })
      .Add("created_at", Seconds(kTimestamp), Moments(8, 15'000, 19'000))
      .Key({"id"})
      .Index("customers_email", {"email"}, true)
      .Build();
}

FakeTable Orders(int64_t rows, int64_t customers, uint64_t seed) {
  return TableBuilder("orders", rows, seed)
      .Add("id", Of(kInt64), RowNumber())
      .Identity()
      .Add("customer_id", Of(kInt64), Numbers(1, 1, customers))
      .Add("order_date", Of(kDate), Dates(2, 17'000, 20'000))
      .Add("status", Text(10), OneOf(3, kStatuses))
      .Add("total", Money(12), Cents(4, 100, 5'000'000))
      .Nullable("note", Text(200), 600, Words(5, 120))
      .Add("created_at", Seconds(kTimestamp), Moments(6, 17'000, 20'000))
      .Key({"id"})
      .Index("orders_customer_id", {"customer_id"})
      .References("customer_id", "customers", "id")
      .Build();
}

LogicalType WideType(int64_t column) {
  switch (column % 8) {
    case 0: return Of(kInt32);
    case 1: return Text(20);
    case 2: return Money(12);
    case 3: return Of(kDate);
    case 4: return Of(kInt64);
    case 5: return Of(kDouble);
    case 6: return Of(kBool);
    default: return Seconds(kTimestamp);
  }
}

}  // namespace

Shape LineitemShape(const ShapeOptions& options) {
  const int64_t rows = options.rows < 0 ? 1'000'000 : options.rows;
  TableBuilder table("lineitem", rows, options.seed);
  table
      .Add("l_orderkey", Of(kInt64), [](Column& column, const Row& row) { column.Append<int64_t>(row.number / 4 + 1); })
      .Add("l_partkey", Of(kInt64), Numbers(kPart, 1, 200'000))
      .Add("l_suppkey", Of(kInt64), Numbers(6, 1, 10'000))
      .Add("l_linenumber", Of(kInt32), [](Column& column, const Row& row) { AppendDay(column, row.number % 4 + 1); })
      .Add("l_quantity", Money(15),
           [](Column& column, const Row& row) { AppendCents(column, 100 * row.Range(kQuantity, 1, 50)); })
      .Add("l_extendedprice", Money(15), AppendPrice)
      .Add("l_discount", Money(15), Cents(7, 0, 10))
      .Add("l_tax", Money(15), Cents(8, 0, 8))
      .Add("l_returnflag", Text(1), AppendReturnFlag)
      .Add("l_linestatus", Text(1),
           [](Column& column, const Row& row) { column.AppendBytes(ShipDay(row) > kStatusDay ? "O" : "F"); })
      .Add("l_shipdate", Of(kDate), [](Column& column, const Row& row) { AppendDay(column, ShipDay(row)); })
      .Add("l_commitdate", Of(kDate),
           [](Column& column, const Row& row) { AppendDay(column, ShipDay(row) + row.Range(9, -60, 60)); })
      .Add("l_receiptdate", Of(kDate), [](Column& column, const Row& row) { AppendDay(column, ReceiptDay(row)); })
      .Add("l_shipinstruct", Text(25), OneOf(10, kInstructions))
      .Add("l_shipmode", Text(10), OneOf(11, kModes))
      .Add("l_comment", Text(44), Words(12, 44))
      .Key({"l_orderkey", "l_linenumber"});
  Shape shape;
  shape.tables.push_back(table.Build());
  return shape;
}

Shape OrdersShape(const ShapeOptions& options) {
  const int64_t rows = options.rows < 0 ? 100'000 : options.rows;
  const int64_t customers = std::max<int64_t>(rows / 10, 1);
  Shape shape;
  shape.tables.push_back(Customers(customers, options.seed));
  shape.tables.push_back(Orders(rows, customers, options.seed));
  return shape;
}

Shape WideShape(const ShapeOptions& options) {
  const int64_t columns = options.columns == 0 ? 200 : options.columns;
  TableBuilder table("wide", options.rows < 0 ? 10'000 : options.rows, options.seed);
  table.Add("id", Of(kInt64), RowNumber()).Key({"id"});
  for (int64_t c = 1; c < columns; ++c) {
    LogicalType type = WideType(c);
    Generator generator = AnyValue(static_cast<uint32_t>(c * 1000), type);
    table.Nullable("c" + std::to_string(c), std::move(type), 50, std::move(generator));
  }
  Shape shape;
  shape.tables.push_back(table.Build());
  return shape;
}

}  // namespace migrateiq::fake
