// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and hashes what passes through. */
final class HashingChannel implements WritableByteChannel {
  private final WritableByteChannel to;
  private final MessageDigest digest;
  private long bytes;

  HashingChannel(WritableByteChannel to, MessageDigest digest) {
    this.to = to;
    this.digest = digest;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer passed = source.duplicate();
    int count = to.write(source);
    digest.update(passed.limit(passed.position() + count));
    bytes += count;
    return count;
  }

  PlanFiles.Written written() {
    return new PlanFiles.Written(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public boolean isOpen() {
    return to.isOpen();
  }

  @Override
  public void close() throws IOException {
    to.close();
  }
}
