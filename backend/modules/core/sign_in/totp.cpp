#include "modules/core/sign_in/totp.hpp"

#include <oath.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/access.hpp"
#include "modules/core/sign_in/sessions.hpp"

namespace migrateiq::core {

namespace {

constexpr int64_t kStepSeconds = 30;
constexpr int64_t kTolerance = 1;
constexpr unsigned kDigits = 6;
constexpr size_t kSecretBytes = 20, kRecoveryBytes = 10, kRecoveryCodes = 10;

std::string Context(const std::string& user_id) { return "totp:" + user_id; }

std::string PercentEncoded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_')
      out += c;
    else
      out += "%" + ToHexText(std::string(1, c));
  }
  return out;
}

/// "abcd-efgh-ijkl-mnop"
std::string NewRecoveryCode() {
  std::string text = ToBase32(RandomBytes(kRecoveryBytes));
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  for (size_t at = 12; at > 0; at -= 4) text.insert(at, "-");
  return text;
}

std::string RecoveryHash(const std::string& user_id, const std::string& code) {
  return ToHexText(Sha256(user_id + ":" + code));
}

Status DeleteFactors(store::Session& session, const Actor& actor, const std::string& user_id) {
  for (const char* table : {"user_totp", "recovery_code"}) {
    MIQ_TRY(session.Execute("DELETE FROM " + std::string(table) + " WHERE tenant_id = $1 AND user_id = $2",
                            actor.tenant_id, user_id));
  }
  MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
  return AppendAudit(session, actor.tenant_id, actor.Entry("totp.removed", "user", user_id));
}

Result<std::vector<std::string>> ReplaceRecoveryCodes(store::Session& session, const Actor& actor) {
  std::vector<std::string> codes;
  MIQ_TRY(session.Execute("DELETE FROM recovery_code WHERE tenant_id = $1 AND user_id = $2", actor.tenant_id,
                          actor.user_id));
  while (codes.size() < kRecoveryCodes) {
    codes.push_back(NewRecoveryCode());
    MIQ_TRY(session.Execute("INSERT INTO recovery_code (tenant_id, user_id, code_hash) VALUES ($1, $2, $3)",
                            actor.tenant_id, actor.user_id, RecoveryHash(actor.user_id, codes.back())));
  }
  return codes;
}

}  // namespace

std::string ToBase32(const std::string& bytes) {
  char* text = nullptr;
  size_t size = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &text, &size) != OATH_OK) return "";
  std::string out(text, size);
  free(text);
  return out;
}

std::string TotpCode(const std::string& secret, int64_t step) {
  char code[kDigits + 1] = {};
  const int result = oath_hotp_generate(secret.data(), secret.size(), static_cast<uint64_t>(step), kDigits, false,
                                        OATH_HOTP_DYNAMIC_TRUNCATION, code);
  return result == OATH_OK ? code : "";
}

Result<Totp::Enrolment> Totp::Begin(const Actor& actor, const std::string& account) {
  MIQ_ASSIGN(const bool enrolled, IsEnrolled(actor.tenant_id, actor.user_id));
  if (enrolled) return Fail(codes::kApiState, "you have an authenticator; remove it first");
  const std::string secret = RandomBytes(kSecretBytes);
  MIQ_ASSIGN(const std::string sealed, parts_.vault.Seal(actor.tenant_id, secret, Context(actor.user_id)));
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("INSERT INTO user_totp (user_id, tenant_id, sealed_secret, last_step) VALUES ($1, $2, $3, 0) "
                        "ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0 "
                        "WHERE user_totp.confirmed_at IS NULL",
                        actor.user_id, actor.tenant_id, store::Bytes{sealed}));
    return {};
  }));
  const std::string base32 = ToBase32(secret);
  return Enrolment{base32, "otpauth://totp/MigrateIQ:" + PercentEncoded(account) + "?secret=" + base32 +
                               "&issuer=MigrateIQ&algorithm=SHA1&digits=6&period=30"};
}

Result<std::vector<std::string>> Totp::Confirm(const Actor& actor, const std::string& code) {
  MIQ_ASSIGN(const auto stored, Read(actor.tenant_id, actor.user_id));
  if (!stored || stored->confirmed) return Fail(codes::kApiState, "there is no enrolment to confirm");
  MIQ_ASSIGN(const bool right, UseStep(actor.tenant_id, actor.user_id, *stored, code));
  if (!right) return Fail(codes::kAuthCredentials, "the code is wrong");
  MIQ_ASSIGN(
      auto recovery_codes,
      parts_.store.WriteFor<std::vector<std::string>>(
          store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<std::vector<std::string>> {
            MIQ_TRY(session.Execute("UPDATE user_totp SET confirmed_at = $1 WHERE tenant_id = $2 AND user_id = $3",
                                    parts_.clock.Now(), actor.tenant_id, actor.user_id));
            MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
            MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("totp.enrolled", "user", actor.user_id)));
            return ReplaceRecoveryCodes(session, actor);
          }));
  parts_.cache.Forget(actor.tenant_id);
  return recovery_codes;
}

Status Totp::Remove(const Actor& actor) {
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id),
                             [&](store::Session& session) { return DeleteFactors(session, actor, actor.user_id); }));
  parts_.cache.Forget(actor.tenant_id);
  return {};
}

Status Totp::RemoveFor(const Actor& actor, const std::string& user_id) {
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const auto access, ReadUserAccess(session, actor.tenant_id, user_id));
    if (!access) return Fail(codes::kApiNotFound, "there is no such user");
    MIQ_TRY(actor.MayGive(access->permissions));
    MIQ_TRY(Sessions::EndAll(session, actor.tenant_id, user_id, "the second factor was removed", parts_.clock.Now()));
    return DeleteFactors(session, actor, user_id);
  }));
  parts_.cache.Forget(actor.tenant_id);
  return {};
}

Result<std::vector<std::string>> Totp::NewRecoveryCodes(const Actor& actor) {
  MIQ_ASSIGN(const bool enrolled, IsEnrolled(actor.tenant_id, actor.user_id));
  if (!enrolled) return Fail(codes::kApiState, "you have no authenticator");
  return parts_.store.WriteFor<std::vector<std::string>>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<std::vector<std::string>> {
        MIQ_TRY(AppendAudit(session, actor.tenant_id, actor.Entry("totp.recovery_codes", "user", actor.user_id)));
        return ReplaceRecoveryCodes(session, actor);
      });
}

Result<std::optional<Totp::Stored>> Totp::Read(const std::string& tenant_id, const std::string& user_id) {
  Stored stored;
  std::string sealed;
  MIQ_TRY(parts_.store.Read(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT sealed_secret, confirmed_at, last_step FROM user_totp "
                                                     "WHERE tenant_id = $1 AND user_id = $2",
                                                     tenant_id, user_id));
    if (rows.empty()) return {};
    sealed = rows[0].Binary(0);
    stored.confirmed = !rows[0].IsNull(1);
    stored.last_step = rows[0].Integer(2);
    return {};
  }));
  if (sealed.empty()) return std::nullopt;
  MIQ_ASSIGN(stored.secret, parts_.vault.Open(tenant_id, sealed, Context(user_id)));
  return stored;
}

Result<bool> Totp::IsEnrolled(const std::string& tenant_id, const std::string& user_id) {
  MIQ_ASSIGN(const auto stored, Read(tenant_id, user_id));
  return stored && stored->confirmed;
}

Result<bool> Totp::UseStep(const std::string& tenant_id, const std::string& user_id, const Stored& stored,
                           const std::string& code) {
  const int64_t now = parts_.clock.Now() / kSecond / kStepSeconds;
  int64_t matched = 0;
  for (int64_t step = now - kTolerance; step <= now + kTolerance; ++step) {
    if (EqualInConstantTime(TotpCode(stored.secret, step), code)) matched = step;
  }
  if (matched <= stored.last_step) return false;
  // Of two requests with the same code, one changes the row.
  MIQ_ASSIGN(const int64_t changed,
             parts_.store.WriteFor<int64_t>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
               return session.Execute(
                   "UPDATE user_totp SET last_step = $1 WHERE tenant_id = $2 AND user_id = $3 AND last_step < $1",
                   matched, tenant_id, user_id);
             }));
  return changed == 1;
}

Result<bool> Totp::UseRecoveryCode(const std::string& tenant_id, const std::string& user_id, const std::string& code) {
  MIQ_ASSIGN(const int64_t changed,
             parts_.store.WriteFor<int64_t>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
               return session.Execute(
                   "UPDATE recovery_code SET used_at = $1 WHERE tenant_id = $2 AND user_id = $3 "
                   "AND code_hash = $4 AND used_at IS NULL",
                   parts_.clock.Now(), tenant_id, user_id, RecoveryHash(user_id, code));
             }));
  return changed == 1;
}

Result<bool> Totp::Use(const std::string& tenant_id, const std::string& user_id, const std::string& code) {
  MIQ_ASSIGN(const auto stored, Read(tenant_id, user_id));
  if (!stored || !stored->confirmed) return false;
  if (code.size() == kDigits) return UseStep(tenant_id, user_id, *stored, code);
  return UseRecoveryCode(tenant_id, user_id, code);
}

}  // namespace migrateiq::core
