#include "platform/http/detail/stream_transport.hpp"

namespace migrateiq::http::detail {
namespace {

class PlainTransport : public StreamTransport<TcpStream> {
 public:
  using StreamTransport::StreamTransport;
  bool secure() const override { return false; }
  Awaitable<bool> Handshake(Moment) override { co_return true; }
};

}  // namespace

std::unique_ptr<Transport> MakePlainTransport(Socket socket) {
  return std::make_unique<PlainTransport>(TcpStream(std::move(socket)));
}

}  // namespace migrateiq::http::detail
