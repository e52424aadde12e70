// Numbers and codes by their forms: drawn until they pass the check of their kind.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"
#include "pipeline/semantic/generate/makers.hpp"

namespace migrateiq::generate::detail {
namespace {

namespace semantic = migrateiq::detail;

constexpr int kTries = 20000;

struct NumberForm {
  std::string_view kind;
  std::string_view form;
  bool weak = false;  ///< so plain that only a name tells it
};

constexpr NumberForm kForms[] = {
    {"credit_card", "4999 9999 9999 9999"},
    {"credit_card", "5199999999999999"},
    {"credit_card", "379999999999999"},
    {"card_security_code", "999", true},
    {"account_number", "9999999999", true},
    {"salary", "99999.00", true},
    {"isin", "US9999999999"},
    {"isin", "DE000XXXXXX9"},
    {"lei", "XXXXXXXXXXXXXXXXXX99"},
    {"cusip", "99999X999"},
    {"sedol", "B99A999"},
    {"bic", "AAAADEAA"},
    {"bic", "AAAAFRAAXXX"},
    {"ethereum_address", "0\\xhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"},
    {"us_ssn", "999-99-9999"},
    {"us_ssn", "999999999", true},
    {"us_itin", "\\999-79-9999"},
    {"us_ein", "99-9999999"},
    {"us_npi", "1999999999"},
    {"aba_routing", "099999999"},
    {"aba_routing", "119999999"},
    {"uk_nino", "AB999999C"},
    {"uk_nino", "AB 99 99 99 A"},
    {"uk_nhs", "999 999 9999"},
    {"uk_nhs", "9999999999"},
    {"uk_utr", "9999999999"},
    {"de_steuer_id", "99999999999"},
    {"de_steuer_id", "99 999 999 999"},
    {"de_rvnr", "99{dmy}A999"},
    {"de_personalausweis", "LXXXXXXXX9"},
    {"de_personalausweis", "TXXXXXXXX9D"},
    {"fr_nir", "1 99 12 75 999 999 99"},
    {"fr_nir", "299059999999999"},
    {"fr_siren", "999999999", true},
    {"fr_siret", "99999999999999"},
    {"es_dni", "99999999A"},
    {"es_dni", "99999999-A"},
    {"es_nie", "X9999999A"},
    {"es_cif", "B99999999"},
    {"es_cif", "A99999999"},
    {"it_codice_fiscale", "AAAAAA99A99A999A"},
    {"it_partita_iva", "99999999999"},
    {"pt_nif", "299999999"},
    {"nl_bsn", "999999999"},
    {"be_nrn", "{ymd}99999"},
    {"ch_ahv", "756.9999.9999.99"},
    {"at_svnr", "9999{dmy}"},
    {"pl_pesel", "{ymd}99999"},
    {"pl_nip", "999-999-99-99"},
    {"pl_nip", "9999999999"},
    {"pl_regon", "999999999"},
    {"cz_rodne_cislo", "{ymd}/9999"},
    {"cz_rodne_cislo", "{ymd}9999"},
    {"se_personnummer", "{ymd}-9999"},
    {"se_personnummer", "{yyyymmdd}9999"},
    {"fi_hetu", "{dmy}-999X"},
    {"no_fnr", "{dmy}99999"},
    {"dk_cpr", "{dmy}-9999"},
    {"dk_cpr", "{dmy}9999"},
    {"tr_tckn", "99999999999"},
    {"br_cpf", "999.999.999-99"},
    {"br_cpf", "99999999999"},
    {"br_cnpj", "99.999.999/0001-99"},
    {"br_cnpj", "99999999000199"},
    {"mx_curp", "AAAA{ymd}HDFBBCX9"},
    {"mx_rfc", "AAAA{ymd}XXX"},
    {"cl_rut", "99.999.999-9"},
    {"cl_rut", "99999999-9"},
    {"ar_cuit", "20-99999999-9"},
    {"ar_cuit", "27999999999"},
    {"cn_resident_id", "110105{yyyymmdd}9999"},
    {"cn_uscc", "91110000XXXXXXXXXX"},
    {"jp_my_number", "999999999999"},
    {"jp_my_number", "9999 9999 9999"},
    {"kr_rrn", "{ymd}-1999999"},
    {"in_aadhaar", "9999 9999 9999"},
    {"in_aadhaar", "999999999999"},
    {"in_pan", "AAAPA9999A"},
    {"in_gstin", "27AAAPA9999A1ZX"},
    {"au_tfn", "999 999 999"},
    {"au_tfn", "999999999"},
    {"au_abn", "99 999 999 999"},
    {"au_abn", "99999999999"},
    {"au_medicare", "9999999991"},
    {"ca_sin", "999-999-999", true},
    {"ca_sin", "999999999", true},
    {"za_id", "{ymd}9999089"},
    {"il_id", "999999999", true},
    {"ie_pps", "9999999A"},
    {"ro_cnp", "1{ymd}999999"},
    {"bg_egn", "{ymd}9999"},
    {"hr_oib", "99999999999"},
    {"ee_isikukood", "3{ymd}9999"},
    {"gr_amka", "{dmy}99999"},
    {"sg_nric", "S9999999A"},
    {"hk_id", "A999999(9)"},
    {"tw_id", "A199999999"},
    {"ru_inn", "9999999999"},
    {"ru_inn", "999999999999"},
    {"ru_snils", "999-999-999 99"},
    {"national_id", "AB-999999", true},
    {"national_id", "99999999", true},
    {"tax_id", "99/999/99999", true},
    {"eu_vat", "DE999999999"},
    {"eu_vat", "IT99999999999"},
    {"eu_vat", "NL999999999B01"},
    {"eu_vat", "\\ATU99999999"},
    {"passport", "A99999999", true},
    {"passport", "AA9999999", true},
    {"driving_licence", "A9999999", true},
    {"driving_licence", "999999999A", true},
    {"licence_plate", "A-AA 9999"},
    {"licence_plate", "AAA-999"},
    {"licence_plate", "AA99AAA", true},
    {"vin", "WVWZZZ1JZXW999999"},
    {"vin", "1HGCM826X3A999999"},
    {"ipv4", "1\\92.168.1.99"},
    {"ipv4", "10.99.9.199"},
    {"ipv6", "2001:db8:hhhh:hhhh::hhhh"},
    {"ipv6", "fe80::hhhh:hhhh:hhhh:hhhh"},
    {"cidr", "10.99.9.0/24"},
    {"cidr", "1\\92.168.99.0/2\\4"},
    {"mac_address", "hh:hh:hh:hh:hh:hh"},
    {"mac_address", "hh-hh-hh-hh-hh-hh"},
    {"imei", "359999999999999"},
    {"imei", "86-999999-999999-9"},
    {"imsi", "262019999999999", true},
    {"iccid", "8\\949999999999999999"},
    {"uuid", "hhhhhhhh-hhhh-4hhh-ahhh-hhhhhhhhhhhh"},
    {"password_hash", "$2b$12$xxXXxxxxXXxxxxxxxxXXxxxxxxxxxxxXXxxxxxxxxxxxxxxxxxxxx"},
    {"password_hash", "pbkdf2_s\\h\\a256$260000$xxxxxxxxxxxx$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx="},
    {"hash_digest", "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"},
    {"hash_digest", "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"},
    {"aws_access_key", "\\AKI\\AXXXXXXXXXXXXXXXX"},
    {"github_token", "g\\hp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
    {"jwt", "eyJ\\hbGciOiJIUzI1NiJ\\9.eyJxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxx"},
    {"api_key", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"},
    {"api_key", "\\AIz\\aSyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
    {"icd10", "E99.9"},
    {"icd10", "M99.99"},
    {"icd10", "J99", true},
    {"icd9", "999.99", true},
    {"icd9", "499.9", true},
    {"loinc", "9999-9"},
    {"loinc", "99999-9"},
    {"snomed", "99999900\\9"},
    {"snomed", "9999999009"},
    {"atc", "C99AA99"},
    {"ndc", "99999-9999-99"},
    {"ndc", "9999-9999-99"},
    {"medical_record_number", "MRN9999999", true},
    {"medical_record_number", "9999999", true},
    {"health_insurance_number", "A999999999", true},
    {"isbn", "978-9-999-99999-9"},
    {"isbn", "9789999999999"},
    {"isbn", "9999999999"},
    {"issn", "9999-9999"},
    {"ean", "4999999999999"},
    {"ean", "099999999999"},
    {"doi", "10.9999/xxxx.9999"},
    {"doi", "\\https://doi.org/10.1038/s99999-999-99999-x"},
    {"orcid", "0000-000X-9999-9999"},
    {"semver", "9.99.9"},
    {"color", "#hhhhhh"},
    {"percent", "99.9%"},
    {"percent", "99 %"},
    {"unix_timestamp", "1699999999", true},
    {"unix_timestamp", "1699999999999", true},
    {"credit_card_expiry", "09/29"},
    {"private_key", "-----BEGIN RS\\A PRIV\\ATE KEY-----xxxxxxxxxxxxxxxx"},
};

std::string Iban(Random& random) {
  constexpr std::pair<std::string_view, std::string_view> kCountries[] = {
      {"DE", "999999999999999999"},   {"FR", "99999999999999999999999"}, {"GB", "AAAA99999999999999"},
      {"ES", "99999999999999999999"}, {"NL", "AAAA9999999999"},          {"PL", "999999999999999999999999"}};
  const auto& [country, form] = random.Of(kCountries);
  const std::string body = random.Like(form);
  const int check = 98 - semantic::checksum::Mod97(body + std::string(country) + "00");
  return fmt::format("{}{:02}{}", country, check, body);
}

std::string Grouped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += text[i];
  }
  return out;
}

/// An address of version 0 in base58 with its checksum.
std::string Bitcoin(Random& random) {
  constexpr std::string_view kLetters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  std::string bytes(1, '\0');
  for (int i = 0; i < 20; ++i) bytes += static_cast<char>(random.Between(1, 255));
  bytes += Sha256(Sha256(bytes)).substr(0, 4);
  std::string address;
  for (bool rest = true; rest;) {
    unsigned carry = 0;
    rest = false;
    for (char& byte : bytes) {
      carry = carry * 256 + static_cast<uint8_t>(byte);
      byte = static_cast<char>(carry / 58);
      carry %= 58;
      rest |= byte != 0;
    }
    address.insert(address.begin(), kLetters[carry]);
  }
  return "1" + address;
}

/// A value of the form that passes the check; one of the form when none of many does.
std::string Passing(const semantic::KindRule& rule, std::string_view form, bool weak, Random& random) {
  for (int i = 0; i < kTries; ++i) {
    std::string text = random.Like(form);
    const semantic::Fit fit = rule.Test(semantic::MakeValue(text, semantic::WholeVocabulary()));
    const bool shape_is_all = weak && rule.trust != semantic::Trust::kShared;
    if (fit == semantic::Fit::kStrong || (shape_is_all && fit == semantic::Fit::kWeak)) return text;
  }
  return random.Like(form);
}

}  // namespace

Maker MakeNumber(std::string_view kind, Random& random) {
  if (kind == "iban")
    return {[&random, grouped = random.Chance(0.4)] { return grouped ? Grouped(Iban(random)) : Iban(random); }};
  if (kind == "bitcoin_address") return {[&random] { return Bitcoin(random); }};
  std::vector<NumberForm> forms;
  std::ranges::copy_if(kForms, std::back_inserter(forms), [&](const NumberForm& form) { return form.kind == kind; });
  if (forms.empty()) return {};
  const NumberForm form = random.Of(forms);
  const semantic::KindRule& rule = semantic::Kinds()[semantic::IndexOfKind(kind)];
  return {[&rule, &random, form] { return Passing(rule, form.form, form.weak, random); }, form.weak};
}

}  // namespace migrateiq::generate::detail
