namespace TimeTagger.Storage.Tests.Maintenance;

/// <summary>How long entries stay, in accounts of many and of few.</summary>
public abstract partial class MaintenanceContract
{
    [Fact]
    public async Task Maintain_ManyCommits_LeavesWhatEverybodySeesAndTrimsWhatIsOld()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(Commits);
        await PassAsync(Household.Retention + TimeSpan.FromDays(1));
        await one.FillAsync(Commits, first: 500);
        var before = await one.SyncAsync();

        await one.Maintenance.MaintainAsync(Household.Account, default);

        var head = (await one.HeadAsync())!;
        Assert.Equal(2 * Commits, head.Snapshot!.Number);
        Assert.Equal(Commits + 1, head.First);
        Assert.Equal(2 * Commits - Commits, await CountEntriesAsync());
        Assert.Equal(before, await one.SyncAsync());
        Assert.Equal(before, await New(2).SyncAsync());
        await AssertNothingIsWrongAsync();
    }

    [Fact]
    public async Task Maintain_EverythingIsOld_KeepsTheEntryThatSaysWhereTheJournalIs()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(Commits);
        var before = await one.SyncAsync();
        await PassAsync(Household.Retention + TimeSpan.FromDays(1));

        await New(2).Maintenance.MaintainAsync(Household.Account, default);

        Assert.Equal(1, await CountEntriesAsync());
        Assert.Equal(before, await one.SyncAsync());
        Assert.Equal(before, await New(3).SyncAsync());
        await New(4).FillAsync(3, first: 900);
        Assert.Equal(await one.SyncAsync(), await New(5).SyncAsync());
        await AssertNothingIsWrongAsync();
    }

    [Fact]
    public async Task Maintain_FewCommits_TakesNoSnapshotAndTrimsNothing()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(FewCommits);
        await PassAsync(Household.Retention - TimeSpan.FromDays(1));

        await one.Maintenance.MaintainAsync(Household.Account, default);

        Assert.Null((await one.HeadAsync())!.Snapshot);
        Assert.Equal(FewCommits, await CountEntriesAsync());
    }

    [Fact]
    public async Task Maintain_FewCommitsThatAreOld_TakesOneSnapshotForThemAndTrims()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(FewCommits);
        await PassAsync(Household.Retention + TimeSpan.FromDays(1));
        await one.FillAsync(3, first: 500);
        var before = await one.SyncAsync();

        await New(2).Maintenance.MaintainAsync(Household.Account, default);
        var head = (await one.HeadAsync())!;
        Assert.Equal((FewCommits + 3, FewCommits + 1), (head.Snapshot!.Number, head.First));
        Assert.Equal(3, await CountEntriesAsync());
        Assert.Equal(before, await one.SyncAsync());
        Assert.Equal(before, await New(3).SyncAsync());

        // The last entry stays although it is old by then: no other snapshot could let it go.
        await PassAsync(Household.Retention + TimeSpan.FromDays(1));
        await New(4).Maintenance.MaintainAsync(Household.Account, default);
        await New(5).Maintenance.MaintainAsync(Household.Account, default);
        Assert.Equal(head.Snapshot, (await one.HeadAsync())!.Snapshot);
        Assert.Equal(1, await CountEntriesAsync());
        Assert.Equal(before, await New(6).SyncAsync());
        await AssertNothingIsWrongAsync();
    }

    [Fact]
    public async Task Maintain_OneCommitThatIsOld_TakesNoSnapshotForItAlone()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(1);
        await PassAsync(Household.Retention + TimeSpan.FromDays(1));

        await one.Maintenance.MaintainAsync(Household.Account, default);

        Assert.Null((await one.HeadAsync())!.Snapshot);
        Assert.Equal(1, await CountEntriesAsync());
    }

    [Fact]
    public async Task Maintain_DayByDay_TakesOneSnapshotARetentionAndKeepsNothingLonger()
    {
        var one = await NewAccountAsync();
        var snapshots = new HashSet<string>();
        var days = 2 * (int)Household.Retention.TotalDays + 10;
        for (var day = 0; day < days; day++)
        {
            await one.FillAsync(1, first: day);
            await one.Maintenance.MaintainAsync(Household.Account, default);
            if ((await one.HeadAsync())!.Snapshot is { } snapshot)
            {
                snapshots.Add(snapshot.Blob);
            }

            Assert.InRange(await CountEntriesAsync(), 1, (int)Household.Retention.TotalDays + 1);
            await PassAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(2, snapshots.Count);
        Assert.Equal(await one.SyncAsync(), await New(2).SyncAsync());
        await AssertNothingIsWrongAsync();
    }
}
