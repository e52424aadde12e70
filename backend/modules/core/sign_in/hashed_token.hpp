#pragma once

#include <string>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// How tokens of 32 random bytes stand in the store: nobody who reads it can use them.
inline std::string HashedToken(const std::string& token) { return ToHexText(Sha256(token)); }

/// Tokens that work once and for a while: links of mails, the setup link, tickets.
struct OneTimeToken {
  std::string tenant_id, purpose, subject;
};
/// Keeps this token; older ones of the same purpose and subject cease to work.
Status KeepOneTimeToken(store::Session& session, const OneTimeToken& token, const std::string& text, Micros now,
                        Micros life);
/// A new one, which is kept nowhere but with who gets it.
Result<std::string> MakeOneTimeToken(store::Session& session, const OneTimeToken& token, Micros now, Micros life);
/// Would it work? For what costs too much to be done for everybody who makes up a token. Errors: as UseOneTimeToken.
Status CheckOneTimeToken(store::Store& store, const std::string& purpose, const std::string& token, Micros now);
/// Uses it up. Errors: kAuthToken when it is unknown, used, expired or of another purpose.
Result<OneTimeToken> UseOneTimeToken(store::Session& session, const std::string& purpose, const std::string& token,
                                     Micros now);

}  // namespace migrateiq::core
