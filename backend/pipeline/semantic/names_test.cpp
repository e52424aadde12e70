#include <gtest/gtest.h>

#include "pipeline/semantic/detail/abbreviation.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/name_table.hpp"

namespace migrateiq::detail {
namespace {

using Tokens = std::vector<std::string>;

double ScoreOf(std::string_view kind, std::string_view column, std::string_view table = {}) {
  return WholeNameTable().Match(column, table)[IndexOfKind(kind)].score;
}

TEST(ColumnNames, AreCutIntoWords) {
  EXPECT_EQ(NameTokens("custEMailAddr_1"), (Tokens{"cust", "e", "mail", "addr"}));
  EXPECT_EQ(NameTokens("HTTPServerName"), (Tokens{"http", "server", "name"}));
  EXPECT_EQ(NameTokens("ZIP CODE"), (Tokens{"zip", "code"}));
  EXPECT_EQ(NameTokens("Straße"), (Tokens{"strasse"}));
  EXPECT_EQ(NameTokens("__42__"), Tokens{});
}

TEST(ColumnNames, ScriptsAreFolded) {
  EXPECT_EQ(Fold("Łódź Şişli ÅNGSTRÖM Groß"), "lodz sisli angstrom gross");
  EXPECT_EQ(Fold("電話番号"), "電話番号");
  EXPECT_EQ(Fold("M\xfcller"), "muller");  // Latin-1
}

TEST(ColumnNames, AnAbbreviationKeepsItsFirstLetterAndItsOrder) {
  EXPECT_EQ(Abbreviates("srnm", "surname"), 0.9);
  EXPECT_EQ(Abbreviates("nm", "name"), 0.7);
  EXPECT_EQ(Abbreviates("tel", "telephone"), 0.8);
  EXPECT_EQ(Abbreviates("surname", "surname"), 1);
  EXPECT_EQ(Abbreviates("urname", "surname"), 0);
  EXPECT_EQ(Abbreviates("store", "steuer"), 0);
  EXPECT_EQ(Abbreviates("s", "surname"), 0);
}

TEST(ColumnNames, SpeakInManyLanguagesAndShortForms) {
  EXPECT_EQ(ScoreOf("birth_date", "Geburtsdatum"), 1);
  EXPECT_EQ(ScoreOf("birth_date", "dateNaissance"), ScoreOf("birth_date", "date_naissance"));
  EXPECT_EQ(ScoreOf("phone", "电话"), 1);
  EXPECT_EQ(ScoreOf("email", "EMAIL"), 1);
  EXPECT_GT(ScoreOf("email", "billing_email"), 0.8);
  EXPECT_GT(ScoreOf("postal_code", "Zip_Cod"), 0.5);
  EXPECT_GT(ScoreOf("last_name", "Srnm"), 0.5);
  EXPECT_GT(ScoreOf("ipv4", "poster_ip"), 0.8);
  EXPECT_GT(ScoreOf("full_name", "cust_nm"), 0.4);
}

TEST(ColumnNames, SayNothingWhereTheyAreAboutSomethingElse) {
  EXPECT_EQ(ScoreOf("street_address", "col7"), 0);
  EXPECT_LT(ScoreOf("email", "show_email"), 0.5);
  EXPECT_LT(ScoreOf("full_name", "airport_name"), 0.5);
  EXPECT_LT(ScoreOf("city", "city_id"), 0.5);
  EXPECT_LT(ScoreOf("full_name", "name"), 0.6);
}

TEST(ColumnNames, TakeTheirMeaningFromTheTableWhenTheyAreGeneric) {
  EXPECT_GT(ScoreOf("full_name", "name", "customers"), 0.9);
  EXPECT_GT(ScoreOf("company", "name", "companies"), 0.5);
  EXPECT_GT(ScoreOf("language_code", "name", "language"), 0.5);
}

}  // namespace
}  // namespace migrateiq::detail
