#include "platform/queue/redis_connect.hpp"

#include <hiredis/hiredis.h>

#include "base/errors/server.hpp"

namespace migrateiq::redis {

Status Login(redisContext& connection, const Options& options) {
  if (options.password.empty()) return {};
  redisReply* reply = static_cast<redisReply*>(
      options.user.empty() ? redisCommand(&connection, "AUTH %b", options.password.data(), options.password.size())
                           : redisCommand(&connection, "AUTH %b %b", options.user.data(), options.user.size(),
                                          options.password.data(), options.password.size()));
  const bool fine = reply != nullptr && reply->type != REDIS_REPLY_ERROR;
  if (reply != nullptr) freeReplyObject(reply);
  if (!fine) return Fail(codes::kQueueDown, "Redis refused the login");
  return {};
}

}  // namespace migrateiq::redis
