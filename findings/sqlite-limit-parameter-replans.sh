#!/usr/bin/env bash
# Package:  Microsoft.Data.Sqlite 10.0.14 (NuGet), which brings SQLite 3.53.3
# Expected: a statement that is kept and given other values is planned once; SQLite plans again for values that are bound only
#           where it is built with ENABLE_STAT4, and this build is not.
# Seen:     a prepared SELECT whose LIMIT is a parameter is planned anew at each execution (SQLITE_STMTSTATUS_REPREPARE counts
#           every one of them), also with the same values; with the number in the text, or with the planner told to be stable
#           (SQLITE_DBCONFIG_ENABLE_QPSG), never.
# Matters:  a lookup by primary key that takes 3 µs takes 16. Who pages through a table by LIMIT ?n pays for a parser at each page.
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Data.Sqlite" Version="[10.0.14]" /></ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using Microsoft.Data.Sqlite;
using SQLitePCL;

const int stablePlans = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG
const int plannedAnew = 5; // SQLITE_STMTSTATUS_REPREPARE

using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
connection.Handle!.enable_sqlite3_next_stmt(true);
using var make = connection.CreateCommand();
make.CommandText = "CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a, b)) STRICT";
make.ExecuteNonQuery();
make.Dispose();

Run("LIMIT ?2", stable: 0);
Run("LIMIT 10", stable: 0);
Run("LIMIT ?2", stable: 1);

void Run(string limit, int stable)
{
    raw.sqlite3_db_config(connection.Handle, stablePlans, stable, out _);
    using var select = connection.CreateCommand();
    select.CommandText = $"SELECT b FROM t WHERE a = ?1 ORDER BY b {limit}";
    select.Parameters.AddWithValue("?1", "x");
    if (limit.Contains('?'))
    {
        select.Parameters.AddWithValue("?2", 10L);
    }

    for (var i = 0; i < 1000; i++)
    {
        using var reader = select.ExecuteReader();
        while (reader.Read()) { }
    }

    var count = 0;
    for (var each = raw.sqlite3_next_stmt(connection.Handle, null); each is { IsInvalid: false }; each = raw.sqlite3_next_stmt(connection.Handle, each))
    {
        count += raw.sqlite3_stmt_status(each, plannedAnew, 0);
    }

    Console.WriteLine($"{limit}, stable plans {stable}: planned anew {(count == 0 ? "never" : count >= 999 ? "each time" : $"{count} times")}");
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
LIMIT ?2, stable plans 0: planned anew each time
LIMIT 10, stable plans 0: planned anew never
LIMIT ?2, stable plans 1: planned anew never
TXT
