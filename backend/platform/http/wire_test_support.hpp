#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "platform/http/message.hpp"

namespace migrateiq::http {

/// A client that sends exactly the bytes it is told to, over a plain socket on loopback.
class RawClient {
 public:
  explicit RawClient(uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool Send(std::string_view bytes);
  /// One response, with its head and (by Content-Length or chunks) body; what came when the connection ends before.
  std::string Response(bool head_only = false);
  /// Everything until the server closes, or for 5 seconds at most.
  std::string Rest();
  /// Bytes, exactly `count` unless the connection ends.
  std::string Bytes(size_t count);
  bool Closed();  ///< within 5 seconds, with nothing more before it

 private:
  bool Fill();
  int socket_ = -1;
  std::string buffer_;
};

inline int StatusOf(std::string_view response);
inline std::string BodyOf(const std::string& response);
/// The value of a header, or "".
inline std::string HeaderOf(const std::string& response, std::string_view name);

inline RawClient::RawClient(uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{5, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
}

inline RawClient::~RawClient() { close(socket_); }

inline bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

inline bool RawClient::Fill() {
  std::array<char, 65536> bytes;
  const ssize_t count = recv(socket_, bytes.data(), bytes.size(), 0);
  if (count > 0) buffer_.append(bytes.data(), static_cast<size_t>(count));
  return count > 0;
}

inline std::string RawClient::Bytes(size_t count) {
  while (buffer_.size() < count && Fill()) continue;
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, taken.size());
  return taken;
}

inline std::string RawClient::Response(bool head_only) {
  while (buffer_.find("\r\n\r\n") == std::string::npos && Fill()) continue;
  std::string response =
      Bytes(buffer_.find("\r\n\r\n") == std::string::npos ? buffer_.size() : buffer_.find("\r\n\r\n") + 4);
  const std::string length = HeaderOf(response, "Content-Length");
  if (head_only) return response;
  if (!length.empty()) return response + Bytes(std::stoul(length));
  if (HeaderOf(response, "Transfer-Encoding") != "chunked") return response;
  while (true) {
    while (buffer_.find("\r\n") == std::string::npos && Fill()) continue;
    const size_t size = std::stoul(Bytes(buffer_.find("\r\n") + 2), nullptr, 16);
    response += Bytes(size);
    Bytes(2);
    if (size == 0) return response;
  }
}

inline std::string RawClient::Rest() {
  while (Fill()) continue;
  return std::exchange(buffer_, "");
}

inline bool RawClient::Closed() {
  char byte = 0;
  return buffer_.empty() && recv(socket_, &byte, 1, 0) == 0;
}

inline int StatusOf(std::string_view response) {
  return response.starts_with("HTTP/1.1 ") ? std::atoi(std::string(response.substr(9, 3)).c_str()) : 0;
}

inline std::string BodyOf(const std::string& response) {
  const size_t end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}

inline std::string HeaderOf(const std::string& response, std::string_view name) {
  const size_t end = response.find("\r\n\r\n");
  for (size_t at = response.find("\r\n"); at < end; at = response.find("\r\n", at + 2)) {
    const size_t colon = response.find(':', at);
    const size_t stop = response.find("\r\n", at + 2);
    if (colon < stop && SameName(std::string_view(response).substr(at + 2, colon - at - 2), name)) {
      return response.substr(colon + 2, stop - colon - 2);
    }
  }
  return "";
}

}  // namespace migrateiq::http
