namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>The names by which members refer to earlier ones.</summary>
internal static class Names
{
    /// <summary>Whether every name belongs to an earlier member of the same class.</summary>
    public static bool AreKnown(NetworkModel network) =>
        AreKnown(network.Members) && network.Blocks.All(block => AreKnown(block.Stages));

    private static bool AreKnown(IEnumerable<MemberModel> members)
    {
        var known = new HashSet<string> { StageModel.Input };
        foreach (MemberModel member in members)
        {
            if (member is StageModel { From: { } from } && !known.Contains(from)) return false;
            if (member is StageModel { Merge.Other: { } other } && !known.Contains(other)) return false;
            known.Add(member.Name);
        }

        return true;
    }
}
