using TimeTagger.Configuration;
using TimeTagger.Emulators;

namespace TimeTagger.Local;

/// <summary>Azure's storage emulator, for those who want to see the product on the store that it has in Azure.</summary>
internal static class StorageEmulator
{
    /// <returns>The emulator, with its data in the data folder; null when another storage was chosen.</returns>
    /// <exception cref="Refusal">It does not start.</exception>
    public static async Task<Azurite?> StartAsync(Options options, CancellationToken stopping)
    {
        if (options.Storage.Kind != StorageKind.Azurite)
        {
            return null;
        }

        Console.WriteLine("Starting Azurite, the storage emulator (the first time its packages are installed) ...");
        try
        {
            // It writes files that everybody may read.
            var folder = OwnersFolder.CreateOwn(Path.Combine(options.DataDir, "azurite"));
            return await Azurite.StartAsync(folder).WaitAsync(stopping);
        }
        catch (Exception e)
            when (e is InvalidOperationException or System.ComponentModel.Win32Exception or TimeoutException)
        {
            throw new Refusal($"Azurite does not start: {e.Message}");
        }
    }
}
