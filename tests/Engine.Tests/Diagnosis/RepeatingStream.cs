using System.Text;

namespace ImageCmdlets.Engine.Tests.Diagnosis;

/// <summary>One text, many times over, without being anywhere as a whole.</summary>
internal sealed class RepeatingStream(string text, int times) : Stream
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => (long)_bytes.Length * times;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int given = (int)Math.Min(count, Length - _position);
        for (int i = 0; i < given; i++)
            buffer[offset + i] = _bytes[(_position + i) % _bytes.Length];
        _position += given;
        return given;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
