#include "pipeline/batch/type_text.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

TEST(TypeFromText, ReadsWhatToStringWrites) {
  for (const char* text :
       {"bool",         "int8",        "uint64",   "float",     "decimal", "decimal(12,2)", "decimal(10,-1)",
        "string",       "string(40)",  "char(3)",  "bytes(16)", "date",    "time",          "time(0)",
        "timestamp(3)", "timestamptz", "interval", "uuid",      "json",    "jsonb",         "enum",
        "set",          "array",       "bit(8)",   "geometry",  "any"}) {
    const auto type = TypeFromText(text);
    ASSERT_TRUE(type) << text;
    EXPECT_EQ(ToString(*type), text);
  }
}

TEST(TypeFromText, RefusesAnythingElse) {
  for (const char* text : {"", "varchar", "int32(4)", "decimal(12)x", "decimal(", "decimal()", "string(4,5)", "date(1)",
                           "decimal(1,2,3)", "(5)", "string(x)", " date"})
    EXPECT_FALSE(TypeFromText(text)) << text;
}

}  // namespace
}  // namespace migrateiq
