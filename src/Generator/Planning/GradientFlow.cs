using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// Where the loss's gradient flows: to every stage on which the loss depends and which has parameters or depends on a stage with
/// parameters.
/// </summary>
internal sealed class GradientFlow
{
    private readonly bool[] _reaches, _inputIsLater, _secondIsLater;

    public GradientFlow(NetworkGraph graph)
    {
        int count = graph.Stages.Count;
        (_reaches, _inputIsLater, _secondIsLater) = (new bool[count], new bool[count], new bool[count]);
        bool[] depends = new bool[count], matters = new bool[count];
        for (int i = 0; i < count; i++)
        {
            StageNode node = graph.Stages[i];
            depends[i] = node.Linear is not null || node.Norm is not null || node.ActivationQuantizer is { Learned: true }
                || Inputs(node).Any(input => depends[input]);
        }

        bool[] isWritten = new bool[count];
        matters[count - 1] = true;
        for (int i = count - 1; i >= 0; i--)
        {
            StageNode node = graph.Stages[i];
            _reaches[i] = matters[i] && depends[i];
            if (!matters[i]) continue;
            foreach (int input in Inputs(node)) matters[input] = true;
            if (!_reaches[i]) continue;

            // In the backward pass, a stage's sum or concatenation comes before its linear operation.
            if (node.Merge is { Other: >= 0 and int other }) (_secondIsLater[i], isWritten[other]) = (isWritten[other], true);
            if (node.Source >= 0) (_inputIsLater[i], isWritten[node.Source]) = (isWritten[node.Source], true);
        }
    }

    /// <summary>Whether the stage has a backward pass.</summary>
    public bool Reaches(int stage) => _reaches[stage];

    /// <summary>Whether another stage's backward pass has already written the input's gradient, so that this stage adds to it.</summary>
    public bool InputIsLater(int stage) => _inputIsLater[stage];

    /// <summary>
    /// Whether another stage's backward pass has already written the second input's gradient, so that this stage adds to it.
    /// </summary>
    public bool SecondIsLater(int stage) => _secondIsLater[stage];

    private static IEnumerable<int> Inputs(StageNode node)
    {
        if (node.Source >= 0) yield return node.Source;
        if (node.Merge is { Other: >= 0 and int other }) yield return other;
    }
}
