#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "platform/http/detail/core.hpp"
#include "platform/http/detail/message_rate.hpp"
#include "platform/http/detail/transport.hpp"

namespace migrateiq::http::detail {

/// One WebSocket over a stream: reads always, writes one message at a time. What other threads may touch is behind
/// `mutex_`; all else happens on the loop's thread. Callbacks instead of a coroutine: thousands of these sit idle, and
/// a suspended coroutine would cost each of them its frame. Shared by its pending operations, and for moments by who
/// sends.
template <class Stream>
class WebSocketSession : public WebSocketConnection,
                         public Open,
                         public std::enable_shared_from_this<WebSocketSession<Stream>> {
 public:
  WebSocketSession(Core& core, Loop& loop, Stream stream, WebSocketOwner owner)
      : core_(core),
        loop_(loop),
        socket_(std::move(stream)),
        handler_(std::move(owner.handler)),
        place_(std::move(owner.place)) {
    ++core_.websockets;
    loop_.open.insert(this);
    Configure();
  }
  ~WebSocketSession() override {
    End();
    --core_.websockets;
  }
  WebSocketSession(const WebSocketSession&) = delete;
  WebSocketSession& operator=(const WebSocketSession&) = delete;

  void Start(const Request& request) {
    Handshake handshake(boost::beast::http::verb::get, "/", 11);
    for (const auto& [name, value] : request.headers.all()) handshake.insert(name, value);
    socket_.async_accept(handshake, [self = this->shared_from_this()](ErrorCode error) { self->Opened(error); });
  }

  void Send(std::shared_ptr<const std::string> text) override {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    if (queue_.size() < core_.options.websocket_queue) {
      queue_.push_back(std::move(text));
    } else {
      queue_.resize(1);
      AskClose(1013, "too far behind");
    }
    Wake();
  }

  void Close(int code, const std::string& reason) override {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    AskClose(code, reason);
    Wake();
  }

  size_t queued() const override {
    const std::lock_guard lock(mutex_);
    return queue_.size();
  }

  void Drain() override { Close(1001, "the server is going away"); }
  void Kill() override { boost::beast::get_lowest_layer(socket_).close(); }

 private:
  using ErrorCode = boost::system::error_code;
  using Handshake = boost::beast::http::request<boost::beast::http::empty_body>;
  static constexpr size_t kMaxMessage = 64 * 1024, kMaxReason = 123;
  static constexpr std::chrono::seconds kGoodbye{2};

  void Configure() {
    namespace websocket = boost::beast::websocket;
    const std::chrono::milliseconds timeout = core_.options.websocket_timeout;
    socket_.set_option(websocket::stream_base::timeout{std::chrono::seconds(5), timeout, true});
    socket_.read_message_max(kMaxMessage);
    socket_.auto_fragment(false);
    socket_.write_buffer_bytes(8);  // used only for what is fragmented or compressed: nothing here
    socket_.text(true);
    // Once the client has said goodbye it may not hold the connection for long.
    socket_.control_callback([this](websocket::frame_type type, boost::beast::string_view) {
      if (type == websocket::frame_type::close) KillSoon();
    });
  }

  void KillSoon() {
    using Timer =
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
    const auto timer = std::make_shared<Timer>(loop_.context.get_executor(), kGoodbye);
    timer->async_wait([timer, weak = this->weak_from_this()](ErrorCode) {
      if (const auto self = weak.lock()) self->Kill();
    });
  }

  void Opened(ErrorCode error) {
    if (error) return End();
    handler_->OnOpen(std::weak_ptr<WebSocketConnection>(this->shared_from_this()));
    Read();
  }

  void Read() {
    socket_.async_read(buffer_, [self = this->shared_from_this()](ErrorCode error, size_t) { self->Received(error); });
  }

  void Received(ErrorCode error) {
    if (error || ended_) return End();
    std::string text = boost::beast::buffers_to_string(buffer_.data());
    buffer_.consume(buffer_.size());
    if (text.size() > kKeptBuffer) buffer_.shrink_to_fit();
    if (!socket_.got_text()) {
      Close(1003, "only text is understood");
    } else if (!rate_.Take(std::chrono::steady_clock::now())) {
      Close(1008, "too many messages");
    } else if (!Closed()) {
      handler_->OnMessage(std::move(text));
    }
    Read();
  }

  void WriteNext() {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    if (!queue_.empty()) {
      socket_.async_write(asio::buffer(*queue_.front()),
                          [self = this->shared_from_this()](ErrorCode error, size_t) { self->Written(error); });
      return;
    }
    awake_ = false;
    if (close_code_ != 0) SendClose();
  }

  void Written(ErrorCode error) {
    if (error || ended_) return End();
    {
      const std::lock_guard lock(mutex_);
      queue_.pop_front();
    }
    handler_->OnWritten();
    WriteNext();
  }

  /// The answer to it ends the reading, and so the session.
  void SendClose() {
    const boost::beast::websocket::close_reason reason(static_cast<boost::beast::websocket::close_code>(close_code_),
                                                       close_reason_);
    close_code_ = 0;
    socket_.async_close(reason, [self = this->shared_from_this()](ErrorCode error) {
      if (error) self->End();
    });
  }

  /// Under `mutex_`.
  void AskClose(int code, const std::string& reason) {
    closed_ = true;
    close_code_ = code;
    close_reason_ = reason.substr(0, kMaxReason);
  }

  bool Closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

  /// Wakes the writer on its own thread. Under `mutex_` and before `closed_`: nothing is posted to a loop that ended.
  void Wake() {
    if (std::exchange(awake_, true)) return;
    asio::post(loop_.context, [self = this->shared_from_this()] { self->WriteNext(); });
  }

  void End() {
    if (std::exchange(ended_, true)) return;
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    loop_.open.erase(this);
    Kill();
    const auto handler = std::move(handler_);
    handler->OnClose();
  }

  static constexpr size_t kKeptBuffer = 1024;
  Core& core_;
  Loop& loop_;
  boost::beast::websocket::stream<Stream, false> socket_;
  std::shared_ptr<WebSocketHandler> handler_;
  AddressPlaces::Place place_;
  boost::beast::flat_buffer buffer_;
  MessageRate rate_;
  bool ended_ = false;

  mutable std::mutex mutex_;
  std::list<std::shared_ptr<const std::string>> queue_;  ///< the first is being written while `awake_`
  bool awake_ = false, closed_ = false;                  ///< closed: takes no more messages
  int close_code_ = 0;                                   ///< asked for; goes out when the queue is empty
  std::string close_reason_;
};

}  // namespace migrateiq::http::detail
