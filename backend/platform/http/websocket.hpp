#pragma once

#include <memory>
#include <string>

namespace migrateiq::http {

/// One open WebSocket, as its handler sees it. Thread-safe; all calls return at once.
class WebSocketConnection {
 public:
  virtual ~WebSocketConnection() = default;
  /// Queues a text message; the text may be shared by many connections.
  virtual void Send(std::shared_ptr<const std::string> text) = 0;
  virtual void Close(int code, const std::string& reason) = 0;
  virtual size_t queued() const = 0;  ///< messages not yet written
};

/// What a connection does; calls come one at a time, on I/O threads, and must not block.
class WebSocketHandler {
 public:
  virtual ~WebSocketHandler() = default;
  virtual void OnOpen(std::weak_ptr<WebSocketConnection> connection) = 0;
  virtual void OnMessage(std::string text) = 0;  ///< at most 64 KiB; more closes with 1009
  virtual void OnWritten() {}                    ///< the queue has room again
  virtual void OnClose() = 0;
};

}  // namespace migrateiq::http
