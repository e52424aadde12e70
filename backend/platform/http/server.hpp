#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "platform/http/message.hpp"
#include "platform/http/websocket.hpp"
#include "platform/telemetry/metrics.hpp"

namespace migrateiq::http {

struct ServerOptions {
  std::string listen = "127.0.0.1";
  uint16_t port = 8080;                      ///< 0: any free one
  std::string certificate_file, key_file;    ///< both or none; TLS 1.3; read again when they change
  std::vector<std::string> trusted_proxies;  ///< CIDRs whose X-Forwarded-For/Proto are believed
  int io_threads = 1, worker_threads = 16;
  size_t max_connections = 10'000;
  size_t connections_per_address = 0;  ///< of one client, who may stand behind a trusted proxy; 0: no limit
  size_t max_waiting = 1024;           ///< requests waiting for a worker thread; more are answered with 503

  std::chrono::milliseconds longest_wait{
      10'000};  ///< for a worker thread; then 503, for who asked has given up by then

  // How long a client may take. Bodies may take longer the more of them has come: 8 KiB/s is enough.
  std::chrono::milliseconds idle_timeout{60'000};       ///< between requests
  std::chrono::milliseconds head_timeout{10'000};       ///< for a request's head; also for a connection's first byte
  std::chrono::milliseconds body_timeout{20'000};       ///< what a body may take at first; the same for sending
  std::chrono::milliseconds websocket_timeout{90'000};  ///< without a sign of life; pings go out after half of it
  size_t websocket_queue = 256;                         ///< messages; a client that lags behind more is closed (1013)
};

/// HTTP/1.1 and WebSocket over Boost.Beast. I/O on its own threads; `handle` runs on worker threads and may block.
class Server {
 public:
  struct Callbacks {
    std::function<Response(const Request&)> handle;
    std::function<size_t(Method, const std::string& path)> body_limit;
    /// Decides about an upgrade at /api/v1/ws: a connection's handler, or the response that refuses it.
    std::function<Result<std::shared_ptr<WebSocketHandler>>(const Request&)> upgrade;
  };
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options, Callbacks callbacks);
  virtual ~Server() = default;
  virtual uint16_t port() const = 0;
  virtual bool secure() const = 0;
  /// Takes no new connections, lets requests at work finish until the deadline, closes WebSockets with 1001.
  virtual void Drain(std::chrono::seconds deadline) = 0;
  struct Numbers {
    int64_t connections = 0, websockets = 0, requests_at_work = 0;
    int64_t refused = 0;  ///< since the start: malformed, too large, too many
    int64_t waiting = 0;  ///< requests that wait for a worker thread
  };
  virtual Numbers numbers() const = 0;
};

/// Would these files do? Errors: kServerTls.
Status CheckCertificate(const std::string& certificate_file, const std::string& key_file);

/// Lets GET /metrics tell the server's numbers. The server must live as long as somebody asks for the text.
void ReportServer(const Server& server, telemetry::Metrics& metrics);

}  // namespace migrateiq::http
