#include "modules/core/sign_in/signing_keys.hpp"

#include <cjose/cjose.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <vector>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/sign_in/system_tenant.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::core {

namespace json = boost::json;

namespace {

constexpr Micros kSigns = 30 * kDay, kVerifies = kSigns + kDay;
/// How soon the store is asked again about a key that nobody knows.
constexpr Micros kAskAgain = kSecond;
constexpr size_t kLongestToken = 8192;

struct ReleaseKey {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
struct ReleaseJws {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
struct ReleaseHeader {
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
using Jwk = std::unique_ptr<cjose_jwk_t, ReleaseKey>;
using Jws = std::unique_ptr<cjose_jws_t, ReleaseJws>;
using Header = std::unique_ptr<cjose_header_t, ReleaseHeader>;

std::string Context(const std::string& key_id) { return "signing_key:" + key_id; }

std::string JwkText(const cjose_jwk_t* key, bool with_private_part) {
  cjose_err fault{};
  char* text = cjose_jwk_to_json(key, with_private_part, &fault);
  if (text == nullptr) return "";
  std::string out(text);
  cjose_get_dealloc()(text);
  return out;
}

std::unexpected<Error> BadToken(const char* why) { return Fail(codes::kAuthToken, std::string("the token ") + why); }

Result<json::object> PartOf(std::string_view encoded) {
  const auto text = FromBase64Url(encoded);
  const auto value = text ? ParseStrictJson(*text) : Result<json::value>(Fail(codes::kAuthToken, ""));
  if (!value || !value->is_object()) return BadToken("is not of the right form");
  return value->get_object();
}

std::string TextOf(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(json::string_view(name.data(), name.size()));
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

/// Three parts, the last of which is the one way to write 64 bytes: libraries overlook trailing characters.
bool HasTokenForm(std::string_view token) {
  const size_t last = token.rfind('.');
  if (last == token.npos || std::count(token.begin(), token.end(), '.') != 2) return false;
  const auto signature = FromBase64Url(token.substr(last + 1));
  return signature && signature->size() == 64 && ToBase64Url(*signature) == token.substr(last + 1);
}

/// The key id of a header that says just what ours say.
Result<std::string> KeyIdOf(std::string_view type, std::string_view token) {
  if (token.size() > kLongestToken) return BadToken("is too long");
  if (!HasTokenForm(token)) return BadToken("is not of the right form");
  MIQ_ASSIGN(const json::object header, PartOf(token.substr(0, token.find('.'))));
  if (TextOf(header, "alg") != "ES256") return BadToken("is not signed with ES256");
  if (TextOf(header, "typ") != type) return BadToken("is of another type");
  if (header.contains("crit")) return BadToken("asks for what is not known");
  return TextOf(header, "kid");
}

}  // namespace

struct SigningKeys::Key {
  std::string id, public_text;
  Micros created_at = 0;
  Jwk jwk;
  std::mutex mutex;  ///< cjose counts references without care for threads
};

SigningKeys::SigningKeys(store::Store& store, secrets::Vault& vault, const Clock& clock)
    : store_(store), vault_(vault), clock_(clock) {}
SigningKeys::~SigningKeys() = default;

Status SigningKeys::Load() {
  struct Row {
    std::string id, public_text, sealed;
    Micros created_at;
  };
  const Micros now = clock_.Now();
  MIQ_ASSIGN(const auto rows,
             store_.ReadFor<std::vector<Row>>(
                 store::Scope::System(), [&](store::Session& session) -> Result<std::vector<Row>> {
                   std::vector<Row> found;
                   MIQ_ASSIGN(const store::Rows all,
                              session.Query("SELECT key_id, public_jwk, sealed_jwk, created_at FROM signing_key "
                                            "WHERE created_at > $1",
                                            now - kVerifies));
                   for (const store::Row& row : all)
                     found.push_back({row.Text(0), row.Text(1), row.Binary(2), row.Integer(3)});
                   return found;
                 }));
  std::map<std::string, std::shared_ptr<Key>> keys;
  for (const Row& row : rows) {
    MIQ_ASSIGN(const std::string text, vault_.Open(kSystemTenant, row.sealed, Context(row.id)));
    cjose_err fault{};
    auto key = std::make_shared<Key>();
    key->id = row.id;
    key->public_text = row.public_text;
    key->created_at = row.created_at;
    key->jwk.reset(cjose_jwk_import(text.data(), text.size(), &fault));
    if (!key->jwk) return Fail(codes::kSecretOpen, "a signing key cannot be read");
    keys[row.id] = std::move(key);
  }
  const std::lock_guard lock(mutex_);
  keys_ = std::move(keys);
  loaded_at_ = now;
  return {};
}

std::shared_ptr<SigningKeys::Key> SigningKeys::Newest() const {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Key> newest;
  for (const auto& [id, key] : keys_) {
    const bool signs = clock_.Now() - key->created_at < kSigns;
    if (signs && (!newest || key->created_at >= newest->created_at)) newest = key;
  }
  return newest;
}

std::shared_ptr<SigningKeys::Key> SigningKeys::Known(const std::string& key_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = keys_.find(key_id);
  if (found == keys_.end() || clock_.Now() - found->second->created_at >= kVerifies) return nullptr;
  return found->second;
}

Result<std::shared_ptr<SigningKeys::Key>> SigningKeys::Present() {
  if (auto key = Newest()) return key;
  MIQ_TRY(Load());
  if (auto key = Newest()) return key;
  MIQ_TRY(Rotate());
  return Newest();
}

Result<std::shared_ptr<SigningKeys::Key>> SigningKeys::Find(const std::string& key_id) {
  if (auto key = Known(key_id)) return key;
  {
    const std::lock_guard lock(mutex_);
    if (clock_.Now() - loaded_at_ < kAskAgain) return BadToken("is signed with an unknown key");
  }
  MIQ_TRY(Load());
  if (auto key = Known(key_id)) return key;
  return BadToken("is signed with an unknown key");
}

Status SigningKeys::Rotate() {
  cjose_err fault{};
  const Jwk jwk(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &fault));
  const std::string id = NewId();
  if (!jwk || !cjose_jwk_set_kid(jwk.get(), id.c_str(), id.size(), &fault))
    return Fail(codes::kSecretKey, "no signing key can be made");
  MIQ_ASSIGN(const std::string sealed, vault_.Seal(kSystemTenant, JwkText(jwk.get(), true), Context(id)));
  const std::string public_text = JwkText(jwk.get(), false);
  MIQ_TRY(store_.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM signing_key WHERE created_at <= $1", clock_.Now() - kVerifies));
    MIQ_TRY(
        session.Execute("INSERT INTO signing_key (key_id, public_jwk, sealed_jwk, created_at) VALUES ($1, $2, $3, $4)",
                        id, public_text, store::Bytes{sealed}, clock_.Now()));
    return {};
  }));
  return Load();
}

Result<std::string> SigningKeys::Sign(std::string_view type, const json::object& claims) {
  MIQ_ASSIGN(const auto key, Present());
  cjose_err fault{};
  const Header header(cjose_header_new(&fault));
  const bool named = header && cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_ES256, &fault) &&
                     cjose_header_set(header.get(), CJOSE_HDR_KID, key->id.c_str(), &fault) &&
                     cjose_header_set(header.get(), "typ", std::string(type).c_str(), &fault);
  if (!named) return Fail(codes::kSecretKey, "no token can be made");
  const std::string text = JsonText(claims);
  const std::lock_guard lock(key->mutex);
  const Jws jws(
      cjose_jws_sign(key->jwk.get(), header.get(), reinterpret_cast<const uint8_t*>(text.data()), text.size(), &fault));
  const char* compact = nullptr;
  if (!jws || !cjose_jws_export(jws.get(), &compact, &fault)) return Fail(codes::kSecretKey, "no token can be made");
  return std::string(compact);
}

Result<json::object> SigningKeys::Verify(std::string_view type, std::string_view token) {
  MIQ_ASSIGN(const std::string key_id, KeyIdOf(type, token));
  MIQ_ASSIGN(const auto key, Find(key_id));
  cjose_err fault{};
  const Jws jws(cjose_jws_import(token.data(), token.size(), &fault));
  if (!jws) return BadToken("is not of the right form");
  const std::lock_guard lock(key->mutex);
  if (!cjose_jws_verify(jws.get(), key->jwk.get(), &fault)) return BadToken("has a wrong signature");
  const size_t begin = token.find('.') + 1;
  return PartOf(token.substr(begin, token.find('.', begin) - begin));
}

Result<json::value> SigningKeys::Jwks() {
  MIQ_TRY(Present());
  json::array keys;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, key] : keys_) {
    json::object jwk = json::parse(key->public_text).as_object();
    jwk["use"] = "sig";
    jwk["alg"] = "ES256";
    keys.push_back(std::move(jwk));
  }
  return json::object{{"keys", std::move(keys)}};
}

}  // namespace migrateiq::core
