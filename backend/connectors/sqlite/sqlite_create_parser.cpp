#include "connectors/sqlite/sqlite_create_parser.hpp"

#include <algorithm>
#include <span>

#include "connectors/sqlite/detail/tokens.hpp"
#include "connectors/sqlite/sqlite_names.hpp"

namespace migrateiq::sqlite {

namespace {

using detail::Token;
using Tokens = std::span<const Token>;

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Walks over tokens; past the end every question is answered with no.
class Cursor {
 public:
  Cursor(std::string_view sql, Tokens tokens) : sql_(sql), tokens_(tokens) {}

  bool AtEnd() const { return at_ >= tokens_.size(); }
  const Token& Peek() const { return tokens_[at_]; }
  bool Sees(std::string_view keyword) const { return !AtEnd() && Peek().Is(keyword); }
  bool Sees(char mark) const { return !AtEnd() && Peek().Is(mark); }
  void Skip() { at_ = std::min(at_ + 1, tokens_.size()); }
  bool Take(std::string_view keyword) {
    const bool found = Sees(keyword);
    if (found) Skip();
    return found;
  }
  std::string TakeName() {
    if (AtEnd()) return "";
    std::string name = Peek().Name();
    Skip();
    return name;
  }
  /// The tokens inside the parentheses that open here; goes past them.
  Tokens TakeGroup() {
    if (!Sees('(')) return {};
    const size_t begin = at_ + 1;
    int depth = 0;
    for (; at_ < tokens_.size(); ++at_) {
      if (Peek().Is('(')) ++depth;
      if (Peek().Is(')') && --depth == 0) break;
    }
    const Tokens inside = tokens_.subspan(begin, std::max(at_, begin) - begin);
    Skip();
    return inside;
  }
  Tokens Rest() const { return tokens_.subspan(at_); }
  std::string Text(Tokens tokens) const {
    if (tokens.empty()) return "";
    const size_t begin = tokens.front().begin;
    return std::string(Trimmed(sql_.substr(begin, tokens.back().end() - begin)));
  }
  std::string_view sql() const { return sql_; }

 private:
  std::string_view sql_;
  Tokens tokens_;
  size_t at_ = 0;
};

std::vector<Tokens> SplitAtCommas(Tokens tokens) {
  std::vector<Tokens> parts;
  int depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].Is('(')) ++depth;
    if (tokens[i].Is(')')) --depth;
    if (!tokens[i].Is(',') || depth != 0) continue;
    parts.push_back(tokens.subspan(begin, i - begin));
    begin = i + 1;
  }
  if (begin < tokens.size()) parts.push_back(tokens.subspan(begin));
  return parts;
}

std::vector<std::string> FirstNames(Tokens list) {
  std::vector<std::string> names;
  for (const Tokens item : SplitAtCommas(list)) names.push_back(item.empty() ? "" : item.front().Name());
  return names;
}

/// The clause that may follow a constraint. SQLite takes one behind CHECK too, and pays no heed to it.
void TakeOnConflict(Cursor& cursor, ParsedTable& table, const char* constraint, std::vector<std::string> columns) {
  if (!cursor.Take("ON") || !cursor.Take("CONFLICT")) return;
  if (cursor.Take("ABORT")) return;
  table.conflicts.push_back({constraint, std::move(columns), cursor.TakeName()});
}

void SkipReferenceActions(Cursor& cursor) {
  while (true) {
    if (cursor.Take("MATCH")) {
      cursor.Skip();
    } else if (cursor.Take("ON")) {
      cursor.Skip();
      if (cursor.Take("SET") || cursor.Take("NO"))
        cursor.Skip();
      else
        cursor.Skip();
    } else {
      return;
    }
  }
}

/// From the parent's name to the end of the clause.
ParsedForeignKey TakeReferences(Cursor& cursor, std::string name) {
  ParsedForeignKey key{.name = std::move(name)};
  cursor.Skip();
  cursor.TakeGroup();
  SkipReferenceActions(cursor);
  Cursor ahead = cursor;
  const bool negated = ahead.Take("NOT");
  if (!ahead.Take("DEFERRABLE")) return key;
  key.deferrable = !negated;
  if (ahead.Take("INITIALLY")) {
    key.initially_deferred = ahead.Sees("DEFERRED");
    ahead.Skip();
  }
  cursor = ahead;
  SkipReferenceActions(cursor);
  return key;
}

void TakePrimaryKey(Cursor& cursor, ParsedColumn& column, ParsedTable& table, const std::string& name) {
  cursor.Take("KEY");
  if (!cursor.Take("ASC")) cursor.Take("DESC");
  TakeOnConflict(cursor, table, "PRIMARY KEY", {column.name});
  column.autoincrement = cursor.Take("AUTOINCREMENT");
  if (!name.empty()) table.keys.push_back({name, true, {column.name}});
}

void TakeUnique(Cursor& cursor, const ParsedColumn& column, ParsedTable& table, const std::string& name) {
  TakeOnConflict(cursor, table, "UNIQUE", {column.name});
  if (!name.empty()) table.keys.push_back({name, false, {column.name}});
}

void TakeNotNull(Cursor& cursor, const ParsedColumn& column, ParsedTable& table) {
  if (cursor.Take("NULL")) TakeOnConflict(cursor, table, "NOT NULL", {column.name});
}

/// One column constraint, or one word of the type.
void TakeColumnPart(Cursor& cursor, ParsedColumn& column, ParsedTable& table, std::string& name) {
  if (cursor.Take("CONSTRAINT")) {
    name = cursor.TakeName();
    return;
  }
  if (cursor.Take("PRIMARY"))
    TakePrimaryKey(cursor, column, table, name);
  else if (cursor.Take("UNIQUE"))
    TakeUnique(cursor, column, table, name);
  else if (cursor.Take("NOT"))
    TakeNotNull(cursor, column, table);
  else if (cursor.Take("CHECK"))
    table.checks.push_back({name, cursor.Text(cursor.TakeGroup())});
  else if (cursor.Take("COLLATE"))
    column.collation = cursor.TakeName();
  else if (cursor.Take("REFERENCES"))
    table.foreign_keys.push_back(TakeReferences(cursor, name));
  else if (cursor.Take("AS"))
    column.generated = cursor.Text(cursor.TakeGroup());
  else if (cursor.Sees('('))
    cursor.TakeGroup();
  else
    cursor.Skip();
  name.clear();
}

void ParseColumn(Cursor cursor, ParsedTable& table) {
  ParsedColumn column{.name = cursor.TakeName()};
  std::string constraint;
  while (!cursor.AtEnd()) TakeColumnPart(cursor, column, table, constraint);
  table.columns.push_back(std::move(column));
}

void TakeTableKey(Cursor& cursor, ParsedTable& table, const std::string& name, bool primary) {
  cursor.Take("KEY");
  const Tokens list = cursor.TakeGroup();
  TakeOnConflict(cursor, table, primary ? "PRIMARY KEY" : "UNIQUE", FirstNames(list));
  if (!name.empty()) table.keys.push_back({name, primary, FirstNames(list)});
  const bool autoincrement = !list.empty() && list.back().Is("AUTOINCREMENT");
  if (!primary || !autoincrement) return;
  for (ParsedColumn& column : table.columns) {
    if (SameName(column.name, list.front().Name())) column.autoincrement = true;
  }
}

void TakeTableForeignKey(Cursor& cursor, ParsedTable& table, const std::string& name) {
  cursor.Take("KEY");
  cursor.TakeGroup();
  if (cursor.Take("REFERENCES")) table.foreign_keys.push_back(TakeReferences(cursor, name));
}

/// Several constraints may follow each other without commas.
void ParseConstraints(Cursor cursor, ParsedTable& table) {
  std::string name;
  while (!cursor.AtEnd()) {
    if (cursor.Take("CONSTRAINT")) {
      name = cursor.TakeName();
      continue;
    }
    if (cursor.Take("PRIMARY"))
      TakeTableKey(cursor, table, name, true);
    else if (cursor.Take("UNIQUE"))
      TakeTableKey(cursor, table, name, false);
    else if (cursor.Take("CHECK"))
      table.checks.push_back({name, cursor.Text(cursor.TakeGroup())});
    else if (cursor.Take("FOREIGN"))
      TakeTableForeignKey(cursor, table, name);
    else
      cursor.Skip();
    name.clear();
  }
}

bool BeginsConstraint(Tokens item) {
  if (item.empty()) return false;
  const Token& first = item.front();
  return first.Is("CONSTRAINT") || first.Is("PRIMARY") || first.Is("UNIQUE") || first.Is("CHECK") ||
         first.Is("FOREIGN");
}

void SkipToGroup(Cursor& cursor) {
  while (!cursor.AtEnd() && !cursor.Sees('(')) cursor.Skip();
}

/// `"name" COLLATE x DESC` -> `name`; an expression keeps its text.
std::string IndexItem(const Cursor& cursor, Tokens item) {
  while (item.size() > 1 && (item.back().Is("ASC") || item.back().Is("DESC"))) item = item.first(item.size() - 1);
  if (item.size() > 2 && item[item.size() - 2].Is("COLLATE")) item = item.first(item.size() - 2);
  return item.size() == 1 ? item.front().Name() : cursor.Text(item);
}

}  // namespace

const ParsedColumn* ParsedTable::Find(std::string_view column) const {
  const auto found = std::ranges::find_if(columns, [&](const ParsedColumn& c) { return SameName(c.name, column); });
  return found == columns.end() ? nullptr : &*found;
}

ParsedTable ParseCreateTable(std::string_view sql) {
  const std::vector<Token> tokens = detail::Tokenize(sql);
  Cursor cursor(sql, tokens);
  SkipToGroup(cursor);
  ParsedTable table;
  for (const Tokens item : SplitAtCommas(cursor.TakeGroup())) {
    if (BeginsConstraint(item))
      ParseConstraints(Cursor(sql, item), table);
    else
      ParseColumn(Cursor(sql, item), table);
  }
  return table;
}

ParsedIndex ParseCreateIndex(std::string_view sql) {
  const std::vector<Token> tokens = detail::Tokenize(sql);
  Cursor cursor(sql, tokens);
  SkipToGroup(cursor);
  ParsedIndex index;
  for (const Tokens item : SplitAtCommas(cursor.TakeGroup())) index.items.push_back(IndexItem(cursor, item));
  if (cursor.Take("WHERE")) index.where = cursor.Text(cursor.Rest());
  return index;
}

}  // namespace migrateiq::sqlite
