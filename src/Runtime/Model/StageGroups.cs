namespace NoiseGen;

/// <summary>A network's stages by path, and the groups that its blocks form.</summary>
internal sealed class StageGroups
{
    private readonly string _network;
    private readonly IReadOnlyList<Stage> _all;
    private readonly Dictionary<string, Stage> _stages = [];
    private readonly Dictionary<string, object> _blocks = [];
    private readonly Dictionary<string, int> _counts = [];

    public StageGroups(string network, IReadOnlyList<Stage> stages)
    {
        (_network, _all) = (network, stages);
        foreach (Stage stage in stages)
        {
            _stages[stage.Name] = stage;
            for (int end = stage.Name.IndexOf(']'); end >= 0; end = stage.Name.IndexOf(']', end + 1)) AddGroups(stage.Name[..(end + 1)]);
        }
    }

    // Layer2[1] and Layer2.
    private void AddGroups(string repetition)
    {
        if (_stages.ContainsKey(repetition)) return;
        string group = repetition[..repetition.LastIndexOf('[')];
        _stages[repetition] = new Stage(repetition, this);
        _stages.TryAdd(group, new Stage(group, this));
        _counts[group] = _counts.GetValueOrDefault(group) + 1;
    }

    public Stage Stage(string path) => _stages.GetValueOrDefault(path)
        ?? throw new KeyNotFoundException(
            $"{_network} has no stage '{path}'. Its stages are: {string.Join(", ", _all.Select(stage => stage.Name))}.");

    public Blocks<TBlock> Blocks<TBlock>(string path)
        where TBlock : BlockStages, new()
    {
        lock (_blocks)
        {
            if (!_blocks.TryGetValue(path, out object? blocks)) _blocks[path] = blocks = new Blocks<TBlock>(path, Bound<TBlock>(path));
            return (Blocks<TBlock>)blocks;
        }
    }

    private TBlock[] Bound<TBlock>(string path)
        where TBlock : BlockStages, new()
    {
        var blocks = new TBlock[_counts[path]];
        for (int i = 0; i < blocks.Length; i++) (blocks[i] = new TBlock()).Bind(this, $"{path}[{i}]");
        return blocks;
    }
}
