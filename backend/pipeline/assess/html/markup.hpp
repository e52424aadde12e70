#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace migrateiq::html {

/// Text as it may stand between tags and inside quoted attributes. Bytes that are no UTF-8 become `\xNN`, control
/// characters their pictures (U+2400 ...): whatever a database holds, the page stays well-formed and shows it.
std::string Escape(std::string_view text);

using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Writes HTML that is well-formed by construction: what is written is escaped, elements close in order.
class Markup {
 public:
  /// Closes its element at the end of the block.
  class Scope {
   public:
    explicit Scope(Markup& markup) : markup_(markup) {}
    ~Scope() { markup_.Close(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Markup& markup_;
  };

  /// Attributes with an empty value are left out, except `value`, `alt` and the ones without a value ("open").
  Markup& Open(std::string_view tag, Attributes attributes = {});
  Markup& Close();
  [[nodiscard]] Scope In(std::string_view tag, Attributes attributes = {});
  Markup& Text(std::string_view text);
  Markup& Element(std::string_view tag, std::string_view text, Attributes attributes = {});
  /// An element without content: `<input>`, or `<path/>` inside an SVG.
  Markup& Void(std::string_view tag, Attributes attributes = {});
  /// A name or value out of the database: set off from the sentence around it, whatever its writing direction.
  Markup& Name(std::string_view name);
  /// A title, headed at its level and linked by `id`.
  Markup& Heading(int level, std::string_view text, std::string_view id = "");
  /// Text of our own with the words between backquotes set as code.
  Markup& Prose(std::string_view text);
  /// As it is: only for what the program itself contains.
  Markup& Raw(std::string_view trusted);

  const std::string& text() const { return out_; }

 private:
  void Tag(std::string_view tag, Attributes attributes, std::string_view end);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace migrateiq::html
