#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "platform/http/detail/stream_transport.hpp"

namespace migrateiq::http::detail {
namespace {

using TlsStream = boost::beast::ssl_stream<TcpStream>;

class TlsTransport : public StreamTransport<TlsStream> {
 public:
  using StreamTransport::StreamTransport;
  bool secure() const override { return true; }

  Awaitable<bool> Handshake(Moment until) override {
    lowest().expires_at(until);
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::as_tuple(Token()));
    co_return !error;
  }

 protected:
  Awaitable<void> Goodbye(Moment until) override {
    lowest().expires_at(until);
    co_await stream_.async_shutdown(asio::as_tuple(Token()));
  }
};

}  // namespace

std::unique_ptr<Transport> MakeTlsTransport(Socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsTransport>(TlsStream(TcpStream(std::move(socket)), context));
}

}  // namespace migrateiq::http::detail
