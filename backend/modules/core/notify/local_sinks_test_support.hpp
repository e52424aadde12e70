#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// What receives notifications in tests: real sockets on loopback, one connection at a time.
namespace migrateiq::core {

class Sink {
 public:
  explicit Sink(std::function<void(int socket)> serve) : serve_(std::move(serve)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, 8);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      for (int socket; (socket = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(socket)) serve_(socket);
    });
  }
  ~Sink() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  Sink(const Sink&) = delete;
  std::string port() const { return std::to_string(port_); }

  /// Reads until the text holds `end`; false when the connection ends before.
  static bool ReadUntil(int socket, std::string& text, const std::string& end) {
    char buffer[4096];
    while (text.find(end) == std::string::npos) {
      const ssize_t count = ::read(socket, buffer, sizeof buffer);
      if (count <= 0) return false;
      text.append(buffer, static_cast<size_t>(count));
    }
    return true;
  }
  static void Write(int socket, const std::string& text) {
    (void)::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
  }

 private:
  std::function<void(int)> serve_;
  int listener_ = -1;
  uint16_t port_ = 0;
  std::thread thread_;
};

/// Answers every POST with `status`, and keeps what came.
class WebhookSink {
 public:
  std::string url() const { return "http://127.0.0.1:" + sink_.port() + "/hook"; }
  std::atomic<int> status = 204;

  struct Received {
    std::string head, body;
    std::string Header(const std::string& name) const {
      const size_t at = head.find("\r\n" + name + ": ");
      if (at == std::string::npos) return "";
      const size_t begin = at + name.size() + 4;
      return head.substr(begin, head.find("\r\n", begin) - begin);
    }
  };
  std::vector<Received> all() {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  void Serve(int socket) {
    std::string text;
    if (!Sink::ReadUntil(socket, text, "\r\n\r\n")) return;
    const size_t head_end = text.find("\r\n\r\n") + 4;
    Received received{text.substr(0, head_end), text.substr(head_end)};
    const size_t size = std::stoul(received.Header("Content-Length"));
    char buffer[4096];
    while (received.body.size() < size) {
      const ssize_t count = ::read(socket, buffer, sizeof buffer);
      if (count <= 0) return;
      received.body.append(buffer, static_cast<size_t>(count));
    }
    {
      const std::lock_guard lock(mutex_);
      all_.push_back(received);
    }
    Sink::Write(socket, "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  std::mutex mutex_;
  std::vector<Received> all_;
  Sink sink_{[this](int socket) { Serve(socket); }};
};

/// A mail server that takes everything.
class MailSink {
 public:
  std::string url() const { return "smtp://127.0.0.1:" + sink_.port(); }
  std::vector<std::string> all() {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  void Serve(int socket) {
    Sink::Write(socket, "220 sink\r\n");
    std::string text;
    while (Sink::ReadUntil(socket, text, "\r\n")) {
      const std::string line = text.substr(0, text.find("\r\n"));
      text.erase(0, line.size() + 2);
      if (line.starts_with("DATA")) {
        Sink::Write(socket, "354 go on\r\n");
        if (!Sink::ReadUntil(socket, text, "\r\n.\r\n")) return;
        const std::lock_guard lock(mutex_);
        all_.push_back(text.substr(0, text.find("\r\n.\r\n")));
        text.erase(0, all_.back().size() + 5);
      }
      Sink::Write(socket, line.starts_with("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
      if (line.starts_with("QUIT")) return;
    }
  }

  std::mutex mutex_;
  std::vector<std::string> all_;
  Sink sink_{[this](int socket) { Serve(socket); }};
};

}  // namespace migrateiq::core
