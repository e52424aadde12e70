#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/http/message.hpp"
#include "platform/http/websocket.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::http {

/// Type of the events (topic "user:<id>") that say that sessions or keys of somebody have ended, or may have.
inline constexpr const char* kSessionEnded = "session.ended";

/// Carries the bus's events to WebSocket clients. Thread-safe.
///
/// A client says, each as one JSON object:
///   {"do": "subscribe", "topic": "run:<id>", "since": 12}   since (optional): the last sequence number it has seen
///   {"do": "unsubscribe", "topic": "run:<id>"}
///   {"do": "presence", "topic": "project:<id>", "state": {...}}   who is here and what they edit; again every 20 s
///   {"do": "ping"}
/// and hears
///   {"is": "subscribed", "topic", "sequence"}, {"is": "event", "topic", "sequence", "type", "data"}, {"is": "pong"},
///   {"is": "resync", "topic"}: events were missed (too far back, or the client is slow): load the state, go on from
///   here
///   {"is": "error", "topic", "code", "message"}.
class Hub {
 public:
  struct Options {
    size_t queue_limit = 64;  ///< messages a client may have unwritten before events are held back
    size_t topics_per_client = 64;
    double messages_per_second = 20;                   ///< that a client may send; more closes with 1008
    std::chrono::milliseconds progress_interval{100};  ///< an ephemeral event of a topic and type at most so often
    std::chrono::seconds recheck{10};  ///< how often the right to stay and to each topic is asked again, besides at
                                       ///< once after kSessionEnded
  };
  /// May the principal hear the topic? Called on the hub's own thread; may block.
  using Authorize = std::function<Status(const Principal&, const std::string& topic)>;
  /// Who was let in, with the rights of now; kApiUnauthenticated when the session or key has ended: then its sockets
  /// are closed with 4401. After other errors, of either function, things stay as they are until the next turn.
  using Renew = std::function<Result<Principal>(const Principal&)>;

  Hub(realtime::Bus& bus, Authorize authorize, Renew renew, Options options);
  Hub(realtime::Bus& bus, Authorize authorize, Renew renew)
      : Hub(bus, std::move(authorize), std::move(renew), Options{}) {}
  ~Hub();

  /// The handler of a new connection; given to the server's upgrade callback. It is subscribed to `topics` at once.
  std::shared_ptr<WebSocketHandler> Accept(Principal principal, std::vector<std::string> topics = {});
  /// Asks everybody's rights again now: after a revocation.
  void Recheck();
  size_t clients() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;  ///< shared with the connections, which may outlive the hub by a moment
};

}  // namespace migrateiq::http
