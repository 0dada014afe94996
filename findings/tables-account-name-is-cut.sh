#!/usr/bin/env bash
# Package:  Azure.Data.Tables 12.13.0 (NuGet)
# Expected: a client for the table `system` of the account `systemtest` talks to the endpoint it was given.
# Seen:     with the account in the path, as emulators have it, the endpoint is cut off where "/system" first stands in
#           it, which is at the account, and the constructor throws UriFormatException. The account `testsystem`, the
#           table's name in other case (tables ignore it) and the account in the host's name are all fine.
# Matters:  accounts of emulators have free names, and a test's name often begins like a table's. The error speaks of a
#           port, names neither account nor table and comes for one table of several: it looks like a broken address.
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
using Azure.Core.Pipeline;
using Azure.Data.Tables;

await Ask("http://127.0.0.1:10002/testsystem", "testsystem", "system");
await Ask("http://127.0.0.1:10002/systemtest", "systemtest", "System");
await Ask("http://127.0.0.1:10002/systemtest", "systemtest", "system");
await Ask("https://systemtest.table.core.windows.net", "systemtest", "system");

static async Task Ask(string endpoint, string account, string table)
{
    var wire = new Wire();
    try
    {
        var client = new TableClient(
            new Uri(endpoint),
            table,
            new TableSharedKeyCredential(account, Convert.ToBase64String(new byte[32])),
            new TableClientOptions { Transport = new HttpClientTransport(wire) }
        );
        await client.UpsertEntityAsync(new TableEntity("p", "r"));
        Console.WriteLine($"{table} at {endpoint}: asked {wire.Asked}");
    }
    catch (UriFormatException e)
    {
        Console.WriteLine($"{table} at {endpoint}: {e.GetType().Name}: {e.Message}");
    }
}

// Stands for the network: says yes to everything and remembers what it was asked.
sealed class Wire : HttpMessageHandler
{
    public string Asked = "nothing";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Asked = request.RequestUri!.GetLeftPart(UriPartial.Path);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
    }
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
system at http://127.0.0.1:10002/testsystem: asked http://127.0.0.1:10002/testsystem/system(PartitionKey='p',RowKey='r')
System at http://127.0.0.1:10002/systemtest: asked http://127.0.0.1:10002/systemtest/System(PartitionKey='p',RowKey='r')
system at http://127.0.0.1:10002/systemtest: UriFormatException: Invalid URI: Invalid port specified.
system at https://systemtest.table.core.windows.net: asked https://systemtest.table.core.windows.net/system(PartitionKey='p',RowKey='r')
TXT
