#include <hiredis/hiredis.h>

#include <atomic>
#include <thread>

#include "platform/queue/redis.hpp"
#include "platform/queue/redis_connect.hpp"

namespace migrateiq::redis {

struct Subscriber::Impl {
  Options options;
  std::string channel;
  std::function<void(std::string)> on_message;
  std::function<void()> on_gap;
  std::atomic<bool> stop = false;
  std::jthread thread;

  void Loop() {
    size_t turn = 0;
    while (!stop) {
      const Address& node = options.nodes[turn++ % options.nodes.size()];
      redisContext* connection = redisConnectWithTimeout(node.host.c_str(), node.port, {.tv_sec = 2, .tv_usec = 0});
      if (connection != nullptr && connection->err == 0 && Login(*connection, options) && Subscribe(*connection)) {
        on_gap();
        Receive(*connection);
      }
      if (connection != nullptr) redisFree(connection);
      for (int pause = 0; pause < 10 && !stop; ++pause) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  bool Subscribe(redisContext& connection) const {
    redisReply* reply =
        static_cast<redisReply*>(redisCommand(&connection, "SUBSCRIBE %b", channel.data(), channel.size()));
    const bool fine = reply != nullptr && reply->type == REDIS_REPLY_ARRAY;
    if (reply != nullptr) freeReplyObject(reply);
    return fine;
  }

  /// Until the connection breaks. A short timeout lets the loop see `stop`.
  void Receive(redisContext& connection) {
    redisSetTimeout(&connection, {.tv_sec = 0, .tv_usec = 200'000});
    while (!stop) {
      void* received = nullptr;
      if (redisGetReply(&connection, &received) != REDIS_OK) {
        if (connection.err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK)) {
          connection.err = 0;
          connection.errstr[0] = '\0';
          continue;
        }
        return;
      }
      auto* reply = static_cast<redisReply*>(received);
      if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 3 && reply->element[2]->type == REDIS_REPLY_STRING)
        on_message(std::string(reply->element[2]->str, static_cast<size_t>(reply->element[2]->len)));
      freeReplyObject(reply);
    }
  }
};

Subscriber::Subscriber(Options options, std::string channel, std::function<void(std::string)> on_message,
                       std::function<void()> on_gap)
    : impl_(std::make_unique<Impl>()) {
  impl_->options = std::move(options);
  impl_->channel = std::move(channel);
  impl_->on_message = std::move(on_message);
  impl_->on_gap = std::move(on_gap);
  impl_->thread = std::jthread([impl = impl_.get()] { impl->Loop(); });
}

Subscriber::~Subscriber() { impl_->stop = true; }

}  // namespace migrateiq::redis
