#include "platform/describe/json.hpp"
#include "base/errors/api.hpp"

#include <gtest/gtest.h>

#include "base/json_text.hpp"

namespace migrateiq {
namespace {

enum class Colour { red, green, default_ };
BOOST_DESCRIBE_ENUM(Colour, red, green, default_)

struct Wheel {
  Number<1, 9> size;
  std::optional<Text<1, 3>> name;
};
BOOST_DESCRIBE_STRUCT(Wheel, (), (size, name))

struct CreateCart {
  Text<1, 5> name;
  int count = 0;
  int64_t big = 0;
  double weight = 0;
  bool open = false;
  Colour colour = Colour::red;
  std::optional<Moment> since;
  std::vector<Wheel> wheels;
  std::map<std::string, std::string> labels;
  Clearable<Text<0, 9>> note;
  std::optional<Email> owner;
  std::optional<Slug> slug;
  std::optional<Secret> secret;
  std::optional<boost::json::value> more;
};
BOOST_DESCRIBE_STRUCT(CreateCart, (),
                      (name, count, big, weight, open, colour, since, wheels, labels, note, owner, slug, secret, more))

struct CartView {
  std::string name;
  Colour colour = Colour::green;
  std::optional<int> count;
  std::vector<Wheel> wheels;
  Moment since;
  std::map<std::string, int64_t> numbers;
  ShownOnce key;
};
BOOST_DESCRIBE_STRUCT(CartView, (), (name, colour, count, wheels, since, numbers, key))

struct ListCarts {
  std::optional<Number<1, 200>> limit;
  std::vector<Colour> colour;
  std::optional<bool> open;
  std::optional<std::string> name;
  std::optional<double> weight;
};
BOOST_DESCRIBE_STRUCT(ListCarts, (), (limit, colour, open, name, weight))

constexpr const char* kSmallest = R"({"name":"a","count":1,"big":2,"weight":1,"open":true,"colour":"red"})";

boost::json::value Json(const std::string& text) {
  auto value = ParseStrictJson(text);
  EXPECT_TRUE(value) << value.error().message;
  return value ? *value : nullptr;
}

/// The one fault of the smallest cart with this member set, as "pointer: message".
std::string FaultOf(const std::string& name, const std::string& json) {
  boost::json::value value = Json(kSmallest);
  value.as_object()[name] = Json(json);
  std::vector<FieldFault> faults;
  const auto cart = Decode<CreateCart>(value, &faults);
  if (cart) return "";
  EXPECT_TRUE(cart.error().Is(codes::kApiField));
  return faults.at(0).pointer + ": " + faults.at(0).message;
}

std::string JsonFault(const std::string& text) {
  const auto value = ParseStrictJson(text);
  if (value) return "";
  EXPECT_TRUE(value.error().Is(codes::kApiJson));
  return value.error().message;
}

TEST(StrictJson, TakesOneValue) {
  EXPECT_EQ(JsonText(Json(R"( {"a": [1, -2, 1.5, "x\u00e9", null, true]} )")),
            R"({"a": [1, -2, 1.5, "xé", null, true]})");
}

TEST(StrictJson, NamesThePlaceOfARepeatedMember) {
  EXPECT_EQ(JsonFault("{\"a\": 1,\n \"a\": 2}"), "line 2, column 4: the member \"a\" stands there twice");
  EXPECT_EQ(JsonFault(R"({"a": {"b": 1}, "b": {"b": 1}})"), "");
  EXPECT_NE(JsonFault(R"({"a": 1, "\u0061": 2})"), "");
  EXPECT_NE(JsonFault(R"({"": 1, "": 2})"), "");
}

TEST(StrictJson, StopsAtThirtyTwoLevels) {
  EXPECT_EQ(JsonFault(std::string(32, '[') + std::string(32, ']')), "");
  EXPECT_NE(JsonFault(std::string(33, '[') + std::string(33, ']')).find("deeper than 32 levels"), std::string::npos);
  EXPECT_NE(JsonFault(std::string(100'000, '[')), "");
}

TEST(StrictJson, RefusesWhatIsNotJson) {
  for (const char* text :
       {"", " ", "{", "[1,]", "{\"a\":1,}", "nul", "1 2", "{} {}", "'a'", "\"a\tb\"", "NaN", "01", "+1", "// c\n1",
        "\"\\ud800\"", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\xef\xbb\xbf{}"})
    EXPECT_NE(JsonFault(text), "") << text;
}

TEST(Decode, TakesAllTypes) {
  boost::json::value value = Json(kSmallest);
  auto& object = value.as_object();
  object["since"] = "2026-11-22T08:30:00+01:00";
  object["wheels"] = Json(R"([{"size": 9}, {"size": 1, "name": "äöü"}])");
  object["labels"] = Json(R"({"x": "1"})");
  object["owner"] = "Ann@Example.COM";
  object["slug"] = "a-b2";
  object["secret"] = "s3";
  object["more"] = Json(R"({"any": [1]})");
  const auto cart = Decode<CreateCart>(value);
  ASSERT_TRUE(cart) << cart.error().message;
  EXPECT_EQ(FormatTime(cart->since->micros), "2026-11-22T07:30:00Z");
  EXPECT_EQ(cart->wheels.at(1).name, "äöü");
  EXPECT_EQ(cart->labels.at("x"), "1");
  EXPECT_EQ(*cart->owner, "ann@example.com");
  EXPECT_EQ(cart->secret->Reveal(), "s3");
  EXPECT_FALSE(cart->note.present);
}

TEST(Decode, NamesTheNearestFieldOfAnUnknownOne) {
  EXPECT_EQ(FaultOf("colur", "1"), "/colur: is not a known field; did you mean 'colour'?");
  EXPECT_EQ(FaultOf("a/b~c", "1"), "/a~1b~0c: is not a known field");
}

TEST(Decode, PointsIntoLists) {
  EXPECT_EQ(FaultOf("wheels", R"([{"size": 1}, {"size": 10}])"), "/wheels/1/size: must be from 1 to 9");
  EXPECT_EQ(FaultOf("wheels", R"([{}])"), "/wheels/0/size: is required");
  EXPECT_EQ(FaultOf("wheels", R"([3])"), "/wheels/0: must be an object");
  EXPECT_EQ(FaultOf("wheels", R"({})"), "/wheels: must be a list");
  EXPECT_EQ(FaultOf("labels", R"({"a": 1})"), "/labels/a: must be a text");
}

TEST(Decode, TakesNoFractionForAWholeNumber) {
  EXPECT_EQ(FaultOf("count", "1.0"), "/count: must be a whole number");
  EXPECT_EQ(FaultOf("count", "\"1\""), "/count: must be a whole number");
  EXPECT_EQ(FaultOf("count", "2147483648"), "/count: must be from -2147483648 to 2147483647");
  EXPECT_EQ(FaultOf("big", "9223372036854775808"), "/big: must be from -9223372036854775808 to 9223372036854775807");
  EXPECT_EQ(FaultOf("big", "1e3"), "/big: must be a whole number");
}

TEST(Decode, CountsCharactersNotBytes) {
  EXPECT_EQ(FaultOf("name", R"("äöüß€")"), "");
  EXPECT_EQ(FaultOf("name", R"("äöüß€x")"), "/name: must have 1 to 5 characters, not 6");
  EXPECT_EQ(FaultOf("name", R"("")"), "/name: may not be empty");
  EXPECT_EQ(FaultOf("name", R"("a\u0007")"), "/name: may not hold control characters");
  EXPECT_EQ(FaultOf("name", R"("a\u0085")"), "/name: may not hold control characters");
  EXPECT_EQ(FaultOf("name", R"("a\n\tb")"), "");
}

TEST(Decode, RefusesWrongValues) {
  EXPECT_EQ(FaultOf("open", "1"), "/open: must be true or false");
  EXPECT_EQ(FaultOf("weight", "\"1\""), "/weight: must be a number");
  EXPECT_EQ(FaultOf("colour", "\"gren\""), "/colour: must be one of red, green, default; did you mean 'green'?");
  EXPECT_EQ(FaultOf("colour", "\"default\""), "");
  EXPECT_NE(FaultOf("since", "\"2026-11-22\""), "");
  EXPECT_NE(FaultOf("secret", R"("a\u0000b")"), "");
  EXPECT_NE(FaultOf("secret", "\"" + std::string(4097, 'x') + "\""), "");
  EXPECT_EQ(FaultOf("since", "null"), "/since: may not be null; leave it out instead");
  for (const char* text : {"\"a\"", "\"a@\"", "\"@b\"", "\"a@b@c\"", "\"a b@c\"", "\"a@b..c\"", "\"a@-\\u0000\"", "3"})
    EXPECT_NE(FaultOf("owner", text), "") << text;
  for (const char* text : {"\"\"", "\"A\"", "\"1a\"", "\"a-\"", "\"a--b\"", "\"a_b\"", "3"})
    EXPECT_NE(FaultOf("slug", text), "") << text;
}

TEST(Decode, TellsAbsentNullAndValueApart) {
  boost::json::value value = Json(kSmallest);
  value.as_object()["note"] = nullptr;
  const auto cleared = Decode<CreateCart>(value);
  EXPECT_TRUE(cleared->note.present);
  EXPECT_FALSE(cleared->note.value);
  value.as_object()["note"] = "n";
  EXPECT_EQ(*Decode<CreateCart>(value)->note.value, "n");
}

TEST(Decode, ReportsAllFaults) {
  std::vector<FieldFault> faults;
  const auto cart = Decode<CreateCart>(Json(R"({"name": "", "wat": 1})"), &faults);
  ASSERT_FALSE(cart);
  EXPECT_EQ(cart.error().place, "/name");
  EXPECT_EQ(faults.size(), 7u);  // two above, and five required ones
  faults.clear();
  boost::json::object many;
  for (int i = 0; i < 500; ++i) many["x" + std::to_string(i)] = 1;
  EXPECT_FALSE(Decode<CreateCart>(many, &faults));
  EXPECT_EQ(faults.size(), 100u);
}

TEST(DecodeQuery, ParsesText) {
  const auto list = DecodeQuery<ListCarts>(
      {{"limit", "50"}, {"colour", "red,green"}, {"colour", "default"}, {"open", "false"}, {"weight", "1.5"}});
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(*list->limit, 50);
  EXPECT_EQ(list->colour, (std::vector{Colour::red, Colour::green, Colour::default_}));
  EXPECT_FALSE(*list->open);
  EXPECT_EQ(*list->weight, 1.5);
}

TEST(DecodeQuery, RefusesWrongText) {
  using Members = std::vector<std::pair<std::string, std::string>>;
  for (const Members& members : {Members{{"limit", "0"}},
                                 {{"limit", "1x"}},
                                 {{"limit", ""}},
                                 {{"limit", "1"}, {"limit", "2"}},
                                 {{"colour", "blue"}},
                                 {{"open", "1"}},
                                 {{"lmit", "3"}},
                                 {{"weight", "nan"}},
                                 {{"name", "\xff"}}})
    EXPECT_FALSE(DecodeQuery<ListCarts>(members)) << members[0].first;
}

TEST(Encode, LeavesOutWhatIsEmpty) {
  CartView view{.name = "n", .wheels = {Wheel{{3}, std::nullopt}}, .since = {1'000'000}, .key = {"k"}};
  EXPECT_EQ(
      Encode(view),
      R"({"name": "n", "colour": "green", "wheels": [{"size": 3}], "since": "1970-01-01T00:00:01Z", "numbers": {}, )"
      R"("key": "k"})");
  EXPECT_EQ(Encode(Page<Wheel>{{Wheel{{3}, "x"}}, "c"}), R"({"items": [{"size": 3, "name": "x"}], "next": "c"})");
  EXPECT_EQ(Encode(Nothing{}), "{}");
  EXPECT_EQ(Encode(Page<Wheel>{}), R"({"items": []})");
}

TEST(Encode, EscapesTextsAndTheNamesOfMaps) {
  const CartView view{.name = "a\"\\\n\x01\xc3\xa9\xff", .numbers = {{"q\"", -1}}, .key = {""}};
  EXPECT_EQ(Encode(view), R"({"name": "a\"\\\n\u0001)"
                          "\xc3\xa9"
                          R"(\\xff", "colour": "green", "wheels": [], "since": "1970-01-01T00:00:00Z", )"
                          R"("numbers": {"q\"": -1}, "key": ""})");
  EXPECT_TRUE(ParseStrictJson(Encode(view)));
}

TEST(Encode, IsReadBackByDecode) {
  CartView view{.name = "n", .colour = Colour::default_, .count = 3, .numbers = {{"a", 1}}, .key = {"k"}};
  const auto again = Decode<CartView>(*ParseStrictJson(Encode(view)));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(Encode(*again), Encode(view));
  const auto page = Decode<Page<Wheel>>(*ParseStrictJson(Encode(Page<Wheel>{{Wheel{{3}, "x"}}, "c"})));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next, "c");
}

TEST(Schema, DescribesRequestsAndAnswers) {
  boost::json::object components;
  EXPECT_EQ(JsonText(SchemaOf<CreateCart>(components, SchemaUse::kRequest)),
            R"({"$ref": "#/components/schemas/CreateCart"})");
  SchemaOf<Page<CartView>>(components);
  const auto& cart = components.at("CreateCart").as_object();
  EXPECT_EQ(JsonText(cart.at("required")), R"(["name", "count", "big", "weight", "open", "colour"])");
  EXPECT_EQ(cart.at("additionalProperties"), false);
  EXPECT_EQ(JsonText(cart.at("properties").at("name")), R"({"type": "string", "minLength": 1, "maxLength": 5})");
  EXPECT_EQ(JsonText(cart.at("properties").at("note")),
            R"({"anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]})");
  EXPECT_EQ(JsonText(components.at("Colour")), R"({"type": "string", "enum": ["red", "green", "default"]})");
  EXPECT_EQ(JsonText(components.at("CartView").at("required")),
            R"(["name", "colour", "wheels", "since", "numbers", "key"])");
  EXPECT_EQ(JsonText(components.at("CartViewPage").at("properties").at("items")),
            R"({"type": "array", "items": {"$ref": "#/components/schemas/CartView"}})");
  EXPECT_TRUE(components.at("Wheel").as_object().contains("additionalProperties"));
}

}  // namespace
}  // namespace migrateiq
