using System.Collections.Concurrent;
using NoiseGen;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harden.Progress;

/// <summary>A bar per variant, with its numbers beside it.</summary>
internal sealed class LiveProgress : IJobProgress
{
    private const double TrainingShare = 0.8; // of a bar; the sweep is the remainder

    private readonly StatusColumn _status;
    private readonly Dictionary<Variant, ProgressTask> _bars;

    private LiveProgress(ProgressContext context, StatusColumn status)
    {
        _status = status;
        _bars = Variant.All.ToDictionary(variant => variant, variant => context.AddTask(variant.Name, autoStart: false, maxValue: 1));
    }

    public static JobResult Show(IAnsiConsole console, Func<IJobProgress, JobResult> run)
    {
        var status = new StatusColumn();
        return console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, status)
            .Start(context => run(new LiveProgress(context, status)));
    }

    public void Trained(Variant variant, TrainingProgress progress) =>
        Move(variant, TrainingShare * progress.Fraction, Status.Of(progress));

    public void Swept(Variant variant, SweepProgress progress) =>
        Move(variant, TrainingShare + (1 - TrainingShare) * progress.Evaluation / progress.Evaluations, Status.Of(progress));

    public void Finished(VariantResult result) => Move(result.Variant, 1, Status.Of(result));

    private void Move(Variant variant, double fraction, string status)
    {
        ProgressTask bar = _bars[variant];
        if (!bar.IsStarted) bar.StartTask();
        _status.Show(bar, status);
        bar.Value = fraction;
    }

    private sealed class StatusColumn : ProgressColumn
    {
        private readonly ConcurrentDictionary<int, string> _texts = new(); // written by the job's thread, read by the console's

        protected override bool NoWrap => true;

        public void Show(ProgressTask task, string text) => _texts[task.Id] = text;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(_texts.GetValueOrDefault(task.Id, ""));
    }
}
