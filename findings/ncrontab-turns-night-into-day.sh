#!/usr/bin/env bash
# Package:  NCrontab.Signed 3.4.0 (NuGet), the parser of the Azure Functions host's timers
# Expected: the hours `22-2` are the night, 22 to 2 o'clock, or are refused.
# Seen:     the ends are exchanged without a word: it runs from 2 to 22 o'clock, that is, all day and not at midnight.
#           Days of the week do the same: `6-1` (Saturday to Monday) is Monday to Saturday.
# Matters:  a nightly job runs in the busiest hours, and no error tells. Write `22-23,0-2`.
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
  <ItemGroup><PackageReference Include="NCrontab.Signed" Version="[3.4.0]" /></ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using NCrontab;

var day = new DateTime(2026, 3, 4);
foreach (var hours in new[] { "22-2", "22-23,0-2" })
{
    var times = CrontabSchedule.Parse($"0 {hours} * * *").GetNextOccurrences(day.AddTicks(-1), day.AddDays(1));
    Console.WriteLine($"hours {hours}: {string.Join(' ', times.Select(time => time.Hour))}");
}
var week = CrontabSchedule.Parse("0 9 * * 6-1").GetNextOccurrences(day, day.AddDays(7));
Console.WriteLine($"weekdays 6-1: {string.Join(' ', week.Select(time => (int)time.DayOfWeek).Order())}");
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
hours 22-2: 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22
hours 22-23,0-2: 0 1 2 22 23
weekdays 6-1: 1 2 3 4 5 6
TXT
