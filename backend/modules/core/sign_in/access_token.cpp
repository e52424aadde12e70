#include "modules/core/sign_in/access_token.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/random.hpp"

namespace migrateiq::core {

namespace json = boost::json;

namespace {

constexpr const char* kType = "at+jwt";
constexpr const char* kAudience = "migrateiq-api";
/// Clocks of hosts differ a little.
constexpr int64_t kLeewaySeconds = 5;
/// Verified tokens that are remembered; a client has one or two at a time.
constexpr size_t kFewRemembered = 256, kMostRemembered = 4096;

std::string TextOf(const json::object& claims, json::string_view name) {
  const json::value* value = claims.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::optional<int64_t> SecondsOf(const json::object& claims, json::string_view name) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

std::unexpected<Error> Bad(const char* why) { return Fail(codes::kAuthToken, std::string("the token ") + why); }

}  // namespace

Result<std::string> AccessTokens::Issue(const std::string& tenant_id, const std::string& user_id,
                                        const std::string& session_id) {
  const int64_t now = clock_.Now() / kSecond;
  const json::object claims{{"iss", options_.issuer()},
                            {"aud", kAudience},
                            {"sub", user_id},
                            {"tid", tenant_id},
                            {"sid", session_id},
                            {"iat", now},
                            {"nbf", now},
                            {"exp", now + options_.access_token_life / kSecond},
                            {"jti", NewId()}};
  return keys_.Sign(kType, claims);
}

Result<AccessClaims> AccessTokens::VerifyAnew(const std::string& token) {
  MIQ_ASSIGN(const json::object claims, keys_.Verify(kType, token));
  if (TextOf(claims, "iss") != options_.issuer()) return Bad("is of another issuer");
  if (TextOf(claims, "aud") != kAudience) return Bad("is meant for somebody else");
  const int64_t now = clock_.Now() / kSecond;
  const auto expires = SecondsOf(claims, "exp"), begins = SecondsOf(claims, "nbf");
  if (!expires || *expires <= now) return Bad("has expired");
  if (!begins || *begins > now + kLeewaySeconds) return Bad("is not valid yet");
  AccessClaims out{TextOf(claims, "tid"), TextOf(claims, "sub"), TextOf(claims, "sid"), *expires * kSecond};
  if (out.tenant_id.empty() || out.user_id.empty() || out.session_id.empty()) return Bad("lacks a claim");
  return out;
}

Result<AccessClaims> AccessTokens::Verify(const std::string& token) {
  const std::string key = Sha256(token);
  {
    const std::lock_guard lock(mutex_);
    const auto found = verified_.find(key);
    if (found != verified_.end() && found->second.expires_at > clock_.Now()) return found->second;
  }
  MIQ_ASSIGN(AccessClaims claims, VerifyAnew(token));
  const std::lock_guard lock(mutex_);
  if (verified_.size() >= sweep_at_) Sweep();
  verified_[key] = claims;
  return claims;
}

void AccessTokens::ForgetOldest(size_t count) {
  std::vector<Micros> ends;
  for (const auto& [key, claims] : verified_) ends.push_back(claims.expires_at);
  std::ranges::nth_element(ends, ends.begin() + static_cast<std::ptrdiff_t>(count - 1));
  const Micros last = ends[count - 1];
  std::erase_if(verified_, [last](const auto& entry) { return entry.second.expires_at <= last; });
}

void AccessTokens::Sweep() {
  std::erase_if(verified_, [now = clock_.Now()](const auto& entry) { return entry.second.expires_at <= now; });
  if (verified_.size() > kMostRemembered / 2) ForgetOldest(verified_.size() - kMostRemembered / 2);
  sweep_at_ = std::clamp(verified_.size() * 2, kFewRemembered, kMostRemembered);
}

}  // namespace migrateiq::core
