#pragma once

#include <array>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "platform/http/detail/core.hpp"

namespace migrateiq::http::detail {

using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
/// What goes out in one write: a head, a body and what ends it.
using Pieces = std::array<asio::const_buffer, 3>;

/// Who takes a connection over as a WebSocket.
struct WebSocketOwner {
  std::shared_ptr<WebSocketHandler> handler;
  AddressPlaces::Place place;  ///< the client's
};

/// A connection's bytes, in the clear or over TLS. Every call has a moment by which it must be done; after a failure
/// the socket is closed.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual bool secure() const = 0;
  virtual Awaitable<bool> Handshake(Moment until) = 0;
  virtual Awaitable<size_t> Read(asio::mutable_buffer buffer, Moment until) = 0;  ///< 0: closed, failed or too late
  virtual Awaitable<bool> Write(Pieces pieces, Moment until) = 0;
  /// Says goodbye and takes in what the client still sends for a moment, so that it can read the last response.
  virtual Awaitable<void> Close() = 0;
  virtual void Kill() = 0;
  /// Makes a WebSocket of the connection, which is of no use afterwards.
  virtual void Upgrade(Core& core, Loop& loop, const Request& request, WebSocketOwner owner) = 0;
};

std::unique_ptr<Transport> MakePlainTransport(Socket socket);
std::unique_ptr<Transport> MakeTlsTransport(Socket socket, asio::ssl::context& context);

}  // namespace migrateiq::http::detail
