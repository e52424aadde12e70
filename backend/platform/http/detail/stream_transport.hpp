#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <utility>

#include "platform/http/detail/transport.hpp"
#include "platform/http/detail/websocket_session.hpp"

namespace migrateiq::http::detail {

using TcpStream = boost::beast::basic_stream<asio::ip::tcp, Executor>;

/// A Transport over TcpStream or a TLS stream of it; only handshake and goodbye differ.
template <class Stream>
class StreamTransport : public Transport {
 public:
  explicit StreamTransport(Stream stream) : stream_(std::move(stream)) {}

  Awaitable<size_t> Read(asio::mutable_buffer buffer, Moment until) override {
    lowest().expires_at(until);
    const auto [error, count] = co_await stream_.async_read_some(buffer, asio::as_tuple(Token()));
    co_return error ? 0 : count;
  }

  Awaitable<bool> Write(Pieces pieces, Moment until) override {
    lowest().expires_at(until);
    const auto [error, count] = co_await asio::async_write(stream_, pieces, asio::as_tuple(Token()));
    co_return !error;
  }

  Awaitable<void> Close() override {
    const Moment until = std::chrono::steady_clock::now() + kGoodbye;
    co_await Goodbye(until);
    boost::system::error_code ignored;
    lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    std::array<char, 4096> rest;
    for (int reads = 0; reads < kMaxRest; ++reads) {
      lowest().expires_at(until);
      const auto [error, count] = co_await lowest().async_read_some(asio::buffer(rest), asio::as_tuple(Token()));
      if (error) break;
    }
    Kill();
  }

  void Kill() override { lowest().close(); }

  void Upgrade(Core& core, Loop& loop, const Request& request, WebSocketOwner owner) override {
    lowest().expires_never();
    std::make_shared<WebSocketSession<Stream>>(core, loop, std::move(stream_), std::move(owner))->Start(request);
  }

 protected:
  virtual Awaitable<void> Goodbye(Moment) { co_return; }
  TcpStream& lowest() { return boost::beast::get_lowest_layer(stream_); }

  Stream stream_;

 private:
  static constexpr std::chrono::seconds kGoodbye{2};
  static constexpr int kMaxRest = 256;
};

}  // namespace migrateiq::http::detail
