#!/usr/bin/env bash
# Package:  Azure.Data.Tables 12.13.0 (NuGet)
# Expected: a 200 whose JSON is no answer to a query (no list `value` in it) is an error, as a 200 that is no JSON is.
# Seen:     any JSON object is a last page without rows: `{}`, a gateway's `{"status":"starting"}`, even a body of the
#           service's own form for errors.
# Matters:  "there are no rows" is what much code acts on (it seeds a table, ends a person's session, cleans up after
#           what is gone). Who cannot afford that on a wrong answer has to look at the body, in a pipeline policy.
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
  <ItemGroup><PackageReference Include="Azure.Data.Tables" Version="[12.13.0]" /></ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

string[] bodies =
[
    """{"value":[{"PartitionKey":"p","RowKey":"r"}]}""",
    "{}",
    """{"status":"starting"}""",
    """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"Try later."}}}""",
    "<html>Starting</html>",
];
foreach (var body in bodies)
{
    var client = new TableClient(
        new Uri("http://127.0.0.1:10002/me"),
        "notes",
        new TableSharedKeyCredential("me", Convert.ToBase64String(new byte[32])),
        new TableClientOptions { Transport = new HttpClientTransport(new Wire(body)) }
    );
    var rows = 0;
    try
    {
        await foreach (var row in client.QueryAsync<TableEntity>())
        {
            rows++;
        }
        Console.WriteLine($"200 {body}: {rows} rows");
    }
    catch (Exception e) when (e.GetType().Name.Contains("Json"))
    {
        Console.WriteLine($"200 {body}: {e.GetType().Name}");
    }
}

// Stands for the network: answers everything with 200 and one body.
sealed class Wire(string body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) =>
        Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
        );
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
200 {"value":[{"PartitionKey":"p","RowKey":"r"}]}: 1 rows
200 {}: 0 rows
200 {"status":"starting"}: 0 rows
200 {"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"Try later."}}}: 0 rows
200 <html>Starting</html>: JsonReaderException
TXT
